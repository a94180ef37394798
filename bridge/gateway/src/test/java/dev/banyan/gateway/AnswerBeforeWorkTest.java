package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client has its answer before Lua works on for itself, without giving its worker away. */
final class AnswerBeforeWorkTest {
  private static final Duration WORK = Duration.ofSeconds(2);
  private static final String ANSWER = "the whole answer";
  private static final String SPIN =
      "ngx.update_time() local t = ngx.now() + 2 while ngx.now() < t do ngx.update_time() end";

  @TempDir Path prefix;

  private Duration untilAnswer(String location, String end) throws IOException {
    try (Served served = Served.server(prefix, "", "location / { " + location + " }");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      socket.setSoTimeout(30_000);
      long start = System.nanoTime();
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf(end) < 0) {
        answer.append((char) socket.getInputStream().read());
      }
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  @Test
  void afterTheEndOfTheAnswer() throws IOException {
    String location = "content_by_lua_block { ngx.print('" + ANSWER + "') ngx.eof() " + SPIN + " }";
    assertThat(untilAnswer(location, "\r\n0\r\n\r\n")).isLessThan(WORK);
  }

  @Test
  void inTheLogPhase() throws IOException {
    String location = "return 200 '" + ANSWER + "'; log_by_lua_block { " + SPIN + " }";
    assertThat(untilAnswer(location, ANSWER)).isLessThan(WORK);
  }
}
