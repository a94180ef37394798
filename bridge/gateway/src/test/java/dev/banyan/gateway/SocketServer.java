package dev.banyan.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** For any thread: a server of a protocol of the test's own, with a thread for each connection. */
final class SocketServer implements AutoCloseable {
  private final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;
  private final Conversation conversation;

  /** What is said on a connection; it is closed afterwards. */
  interface Conversation {
    void on(Socket socket) throws IOException;
  }

  private SocketServer(ServerSocket server, Conversation conversation) {
    this.server = server;
    this.conversation = conversation;
  }

  static SocketServer start(Conversation conversation) throws IOException {
    SocketServer made =
        new SocketServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), conversation);
    Thread.startVirtualThread(made::accept);
    return made;
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many there were. */
  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.startVirtualThread(() -> talk(socket));
      } catch (IOException e) {
        return; // the test has ended
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      conversation.on(socket);
    } catch (EOFException e) {
      // no further request
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
