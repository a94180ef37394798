package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows a body that nobody read is a request only where the body's end is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadBodyTest {
  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private final Workers workers = new Workers(1);
  private final Listener listener =
      Listener.bind(
          workers,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          ListenerOptions.PLAIN,
          new Answering());

  /** Answers without a look at the body. */
  private static final class Answering implements ExchangeHandler {
    @Override
    public void handle(HttpExchange exchange) {
      Headers headers = new Headers();
      headers.add("Content-Length", "0");
      headers.add("X-Target", exchange.target());
      exchange.sendHead(200, "", headers);
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

  private String answers(String body) throws IOException {
    return RawClient.talk(
        listener.address(),
        "POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body + NEXT);
  }

  @Test
  void theRequestBehindItsEndIsAnswered() throws IOException {
    assertThat(answers("3\r\nabc\r\n0\r\n\r\n"))
        .contains("X-Target: /first\r\n", "Connection: keep-alive\r\n")
        .contains("X-Target: /next\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x3\r\nabc\r\n0\r\n\r\n",
        "+3\r\nabc\r\n0\r\n\r\n",
        " 3\r\nabc\r\n0\r\n\r\n",
        "g\r\nabc\r\n0\r\n\r\n",
        "3\r\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "ffffffffffffffff\r\nabc"
      })
  void nothingBehindAMalformedOneIsARequest(String body) throws IOException {
    assertThat(answers(body))
        .contains("X-Target: /first\r\n", "Connection: close\r\n")
        .doesNotContain("/next");
  }
}
