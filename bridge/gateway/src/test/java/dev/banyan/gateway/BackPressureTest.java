package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large bodies at the pace of whoever takes them, and many connections at rest. */
final class BackPressureTest {
  private static final long SIZE = 100L << 20;

  /** What the kernel's socket buffers on the way may hold, and Banyan's own windows with them. */
  private static final long ON_THE_WAY = 32L << 20;

  private static final int PAUSE_MILLIS = 1500;
  private static final int CONNECTIONS = 1000;

  @TempDir Path prefix;

  /** An origin of octets: sends without end what a client asks for, or takes what it sends. */
  private static final class Origin implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private volatile boolean takes = true;

    Origin() throws IOException {
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      try (Socket socket = listening.accept()) {
        InputStream in = socket.getInputStream();
        String head = head(in);
        if (head.startsWith("GET")) {
          send(socket.getOutputStream());
        } else {
          take(in);
          socket
              .getOutputStream()
              .write("HTTP/1.0 200 OK\r\n\r\ntaken".getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException | InterruptedException e) {
        sent.set(-1);
      }
    }

    private void send(OutputStream out) throws IOException {
      out.write(
          ("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] piece = new byte[1 << 16];
      for (long left = SIZE; left > 0; left -= piece.length) {
        out.write(piece);
        sent.addAndGet(piece.length);
      }
    }

    private void take(InputStream in) throws IOException, InterruptedException {
      byte[] piece = new byte[1 << 16];
      while (taken.get() < SIZE) {
        while (!takes) {
          Thread.sleep(10);
        }
        int count = in.read(piece);
        if (count < 0) {
          return;
        }
        taken.addAndGet(count);
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return head.toString();
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  private static String to(Origin origin, String more) {
    return "location / { client_max_body_size 0; proxy_pass http://127.0.0.1:"
        + origin.listening.getLocalPort()
        + "; proxy_http_version 1.1; "
        + more
        + " }";
  }

  private static Socket ask(Served served, String head) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port());
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void anOriginIsReadNoFasterThanTheClientReads() throws Exception {
    try (Origin origin = new Origin();
        Served served = Served.server(prefix, "", to(origin, ""))) {
      try (Socket client = ask(served, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")) {
        Thread.sleep(PAUSE_MILLIS);
        assertThat(origin.sent.get()).isPositive().isLessThan(ON_THE_WAY);
        head(client.getInputStream());
        assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream()))
            .isEqualTo(SIZE);
      }
    }
  }

  @Test
  void aClientIsReadNoFasterThanTheOriginTakes() throws Exception {
    try (Origin origin = new Origin();
        Served served = Served.server(prefix, "", to(origin, "proxy_request_buffering off;"))) {
      origin.takes = false;
      AtomicLong written = new AtomicLong();
      String head =
          "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + SIZE + "\r\n\r\n";
      try (Socket client = ask(served, head)) {
        Thread writer = Thread.ofVirtual().start(() -> upload(client, written));
        Thread.sleep(PAUSE_MILLIS);
        assertThat(written.get()).isPositive().isLessThan(ON_THE_WAY);
        origin.takes = true;
        writer.join();
        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .startsWith("HTTP/1.1 200 OK")
            .contains("taken");
        assertThat(origin.taken.get()).isEqualTo(SIZE);
      }
    }
  }

  private static void upload(Socket client, AtomicLong written) {
    byte[] piece = new byte[1 << 16];
    try {
      while (written.get() < SIZE) {
        client.getOutputStream().write(piece);
        written.addAndGet(piece.length);
      }
    } catch (IOException e) {
      written.set(-1);
    }
  }

  @Test
  void aBufferedUploadRestsInAFileAndNotInMemory() throws Exception {
    try (Origin origin = new Origin();
        Served served = Served.server(prefix, "", to(origin, ""))) {
      AtomicLong written = new AtomicLong();
      long before = heap();
      String head =
          "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + SIZE + "\r\n\r\n";
      origin.takes = false;
      try (Socket client = ask(served, head)) {
        upload(client, written);
        assertThat(written.get()).isEqualTo(SIZE);
        Thread.sleep(PAUSE_MILLIS);
        assertThat(heap() - before).isLessThan(ON_THE_WAY);
        origin.takes = true;
        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .contains("taken");
        assertThat(origin.taken.get()).isEqualTo(SIZE);
      }
    }
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aThousandConnectionsRestWhileOthersAreServed() throws Exception {
    List<Socket> resting = new ArrayList<>();
    try (Served served = Served.server(prefix, "", "location / { return 200 here; }")) {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = ask(served, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(head(socket.getInputStream())).contains("200 OK");
        assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("here");
        resting.add(socket);
      }
      long begun = System.nanoTime();
      assertThat(served.get("/")).endsWith("here");
      assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
      for (Socket socket : resting) {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(head(socket.getInputStream())).contains("200 OK");
      }
    } finally {
      for (Socket socket : resting) {
        socket.close();
      }
    }
  }
}
