package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that expects a 100 gets it when its body is wanted, and before the answer. */
final class ExpectationTest {
  private static final String REQUEST =
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
          + "Expect: 100-continue\r\nConnection: close\r\n\r\nhello";

  @TempDir Path prefix;

  private String answer(String lua) {
    try (Served served =
        Served.server(prefix, "", "location / { content_by_lua_block { " + lua + " } }")) {
      return served.send(REQUEST);
    }
  }

  @Test
  void aSocketOnTheBodyWantsItBeforeItsFirstRead() {
    assertThat(answer("local s = ngx.req.socket() ngx.say('first') ngx.say((s:receive(5)))"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
        .contains("first", "hello");
  }

  @Test
  void readingTheBodyWantsIt() {
    assertThat(answer("ngx.req.read_body() ngx.say(ngx.req.get_body_data())"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
        .contains("hello");
  }

  @Test
  void anAnswerWithoutTheBodyLetsItBeSentAllTheSame() {
    assertThat(answer("ngx.say('no need')"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
  }

  @Test
  void anErrorComesAlone() {
    assertThat(answer("ngx.exit(403)")).startsWith("HTTP/1.1 403 Forbidden\r\n");
  }

  @Test
  void whoExpectsItWithoutABodyGetsItWhereABodyWouldBeLeftUnread() {
    String head = "HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
    try (Served served =
        Served.server(
            prefix,
            "",
            "location /text { return 200 x; } location /status { return 404; }"
                + " location / { content_by_lua_block { ngx.say('x') } }")) {
      String both = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n";
      assertThat(served.send("GET /text " + head)).startsWith(both);
      assertThat(served.send("GET / " + head)).startsWith(both);
      assertThat(served.send("GET /status " + head)).startsWith("HTTP/1.1 404 ");
    }
  }
}
