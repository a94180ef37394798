package dev.banyan.it.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Thread-safe: stands between a browser and a server, and can hold back all that either says, as a
 * network does that was left without a word.
 */
final class SilentLink implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int server;
  private boolean silent;

  private SilentLink(int server) throws IOException {
    this.server = server;
  }

  static SilentLink to(int server) throws IOException {
    SilentLink link = new SilentLink(server);
    Thread.ofVirtual().start(link::accept);
    return link;
  }

  int port() {
    return listener.getLocalPort();
  }

  synchronized void fallSilent() {
    silent = true;
  }

  synchronized void speak() {
    silent = false;
    notifyAll();
  }

  private synchronized void waitForWord() throws InterruptedException {
    while (silent) {
      wait();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket browser = listener.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.add(browser);
        sockets.add(behind);
        Thread.ofVirtual().start(() -> carry(browser, behind));
        Thread.ofVirtual().start(() -> carry(behind, browser));
      }
    } catch (IOException e) {
      speak(); // closed: whoever waits ends
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] octets = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
        waitForWord();
        out.write(octets, 0, count);
      }
    } catch (IOException e) {
      // one of the two has closed, which ends the other
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
