package dev.banyan.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** On the JDK's server, as the admin listener's. */
final class EventStreamTest {
  private static final int NEVER_READ_WHOLE = 32 << 20;

  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final EventHub hub = new EventHub("test");
  private final AtomicInteger made = new AtomicInteger();
  private final EventStream stream =
      new EventStream(
          hub,
          new Reply(new JsonMapper()),
          () -> "figures " + made.incrementAndGet(),
          Duration.ofMillis(200));
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", stream::handle);
    server.setExecutor(calls);
    server.start();
  }

  @AfterEach
  void end() {
    stream.end();
    hub.wake();
    server.stop(0);
    calls.shutdownNow();
  }

  private Socket client() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void awaitFollowed(boolean wanted) throws InterruptedException {
    for (int i = 0; i < 3_000 && stream.isFollowed() != wanted; i++) {
      stream.endStalled();
      Thread.sleep(10);
    }
    assertThat(stream.isFollowed()).isEqualTo(wanted);
  }

  @Test
  void aClientThatNeverReadsIsEndedAndItsPlaceIsFree() throws IOException, InterruptedException {
    try (Socket _ = client()) {
      awaitFollowed(true);
      hub.publishFigures("x".repeat(NEVER_READ_WHOLE));
      awaitFollowed(false);
    }
  }

  @Test
  void whoComesFirstSeesFiguresAtOnceThoughNobodyFollowedBefore() throws IOException {
    hub.publishFigures("of long ago");
    try (Socket client = client()) {
      String seen = "";
      byte[] piece = new byte[4096];
      while (!seen.contains("data: ")) {
        int read = client.getInputStream().read(piece);
        assertThat(read).as(seen).isPositive();
        seen += new String(piece, 0, read, StandardCharsets.UTF_8);
      }
      assertThat(seen).contains("data: figures 1").doesNotContain("of long ago");
    }
  }
}
