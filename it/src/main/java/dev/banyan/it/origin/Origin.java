package dev.banyan.it.origin;

import dev.banyan.it.wire.Head;
import dev.banyan.it.wire.WireReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Thread-safe: an HTTP/1.1 server on loopback with a virtual thread per connection, which shows
 * every request it receives to a listener before it answers.
 */
public final class Origin implements AutoCloseable {
  private final String name;
  private final ServerSocket server;
  private final Consumer<ReceivedRequest> listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Origin(String name, ServerSocket server, Consumer<ReceivedRequest> listener) {
    this.name = name;
    this.server = server;
    this.listener = listener;
  }

  /** Starts on that port of loopback; 0 takes any free one. */
  public static Origin start(String name, int port, Consumer<ReceivedRequest> listener)
      throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    Origin origin = new Origin(name, server, listener);
    Thread.ofPlatform().daemon().name("origin-" + name).start(origin::accept);
    return origin;
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        System.err.println("origin " + name + ": " + e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      WireReader reader = new WireReader(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      for (Optional<Head> head = reader.head(); head.isPresent(); head = reader.head()) {
        Head request = head.get();
        ReceivedRequest received = new ReceivedRequest(name, request, reader.requestBody(request));
        listener.accept(received);
        if (!AnswerWriter.write(Answers.to(received), received.method(), out) || closes(request)) {
          return;
        }
      }
    } catch (IOException gone) {
      // The edge closed the connection: an edge may, at any time.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static boolean closes(Head request) {
    boolean old = request.startLine().endsWith("HTTP/1.0");
    return request.lists("Connection", "close")
        || (old && !request.lists("Connection", "keep-alive"));
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Runs one origin per argument, a port each, until it is ended. */
  public static void main(String[] ports) throws IOException, InterruptedException {
    if (ports.length == 0) {
      System.err.println("usage: Origin PORT...");
      System.exit(2);
    }
    for (int i = 0; i < ports.length; i++) {
      String name = String.valueOf((char) ('a' + i));
      Origin origin = start(name, Integer.parseInt(ports[i]), request -> {});
      System.out.println("origin " + name + " on http://127.0.0.1:" + origin.port());
    }
    Thread.currentThread().join();
  }
}
