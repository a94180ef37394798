package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Fields after an answer's body go out where the protocol has a place for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrailersTest {
  private final Workers workers = new Workers(1);
  private final Listener listener =
      Listener.bind(
          workers,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new ListenerOptions(ListenerLimits.DEFAULT, null, true, false, 128),
          new Trailing());

  /** Answers with a body and a trailer. */
  private static final class Trailing implements ExchangeHandler {
    @Override
    public void handle(HttpExchange exchange) {
      exchange.sendHead(200, "", new Headers());
      exchange.write(Chunk.of("body".getBytes(StandardCharsets.US_ASCII)));
      Headers trailers = new Headers();
      trailers.add("X-After", "the body");
      exchange.trailers(trailers);
      exchange.end();
    }

    @Override
    public void malformed(BadRequest why, HttpExchange exchange) {
      throw new AssertionError(why.reason());
    }
  }

  @AfterAll
  void stop() {
    listener.close();
    workers.close();
  }

  private String get(String version) throws IOException {
    return RawClient.talk(
        listener.address(), "GET / " + version + "\r\nHost: a\r\nConnection: close\r\n\r\n");
  }

  @Test
  void afterTheLastChunk() throws IOException {
    assertThat(get("HTTP/1.1")).endsWith("4\r\nbody\r\n0\r\nX-After: the body\r\n\r\n");
  }

  @Test
  void notInHttp10() throws IOException {
    assertThat(get("HTTP/1.0")).endsWith("\r\n\r\nbody");
  }

  @Test
  void inTheLastFrameOfHttp2() throws IOException {
    try (RawHttp2Client client = new RawHttp2Client(listener.address())) {
      List<RawHttp2Client.Field> fields =
          List.of(
              new RawHttp2Client.Field(":method", "GET"),
              new RawHttp2Client.Field(":scheme", "http"),
              new RawHttp2Client.Field(":path", "/"),
              new RawHttp2Client.Field(":authority", "a"));
      assertThat(client.ask(fields, List.of())).isEqualTo("body and trailers");
    }
  }
}
