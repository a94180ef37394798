package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code proxy_pass} to a second location of the same gateway. */
final class ProxyTest {
  private static final String ECHO =
      "location /o { content_by_lua_block { ngx.req.read_body()\n"
          + "ngx.say(ngx.var.request) ngx.say(ngx.req.raw_header(true))\n"
          + "ngx.print('[', ngx.req.get_body_data() or '', ']') } }\n";

  @TempDir Path prefix;

  @Test
  void theUriReplacesTheLocationsPrefix() {
    try (Served served =
        Served.server(prefix, "", ECHO + "location /p/ { proxy_pass http://127.0.0.1:PORT/o/; }")) {
      assertThat(served.get("/p/a%20b?x=1", "X-Mine: 1\r\n"))
          .contains("GET /o/a%20b?x=1 HTTP/1.0\n")
          .contains("Host: 127.0.0.1:" + served.port() + "\r\nConnection: close\r\nX-Mine: 1\r\n");
    }
  }

  @Test
  void bodiesArePassedOnWholeOrAsTheyCome() {
    String locations =
        "location /b { proxy_pass http://127.0.0.1:PORT/o; }\n"
            + "location /s { proxy_pass http://127.0.0.1:PORT/o; proxy_request_buffering off;"
            + " proxy_http_version 1.1; }";
    try (Served served = Served.server(prefix, "", ECHO + locations)) {
      for (String target : new String[] {"/b", "/s"}) {
        String head = "POST " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
        assertThat(served.send(head + "Content-Length: 5\r\n\r\nhello")).contains("[hello]");
        assertThat(
                served.send(
                    head + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"))
            .contains("Content-Length: 5\r\n")
            .contains("[hello]");
      }
    }
  }

  @Test
  void aDeadServerIsSteppedOver() {
    int dead = Served.freePort();
    int live = Served.freePort();
    String http =
        "upstream u { server 127.0.0.1:"
            + dead
            + "; server 127.0.0.1:"
            + live
            + "; }\n"
            + "server { listen 127.0.0.1:"
            + live
            + "; return 200 alive; }";
    try (Served served =
        Served.server(
            prefix, http, "location / { proxy_pass http://u; add_header X-U $upstream_addr; }")) {
      String both = served.get("/") + served.get("/") + served.get("/");
      assertThat(both).contains("alive").doesNotContain("502");
      assertThat(served.awaitLog("error.log", "refused"))
          .contains("connect() failed (111: Connection refused) while connecting to upstream")
          .contains("upstream: \"http://127.0.0.1:" + dead + "/\"");
    }
  }

  @Test
  void aRefusedConnectionIsA502() {
    int dead = Served.freePort();
    try (Served served =
        Served.server(prefix, "", "location / { proxy_pass http://127.0.0.1:" + dead + "; }")) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 502 Bad Gateway\r\n");
    }
  }

  @Test
  void theBalancerChoosesThePeerAndItsSubstitute() {
    int dead = Served.freePort();
    String http =
        "upstream u { server 0.0.0.1; balancer_by_lua_block {\n"
            + "local b = require 'ngx.balancer'\n"
            + "if b.get_last_failure() then b.set_current_peer('127.0.0.1', tonumber(ngx.var.live))\n"
            + "else b.set_more_tries(1) b.set_current_peer('127.0.0.1', "
            + dead
            + ") end } }";
    try (Served served =
        Served.server(
            prefix, http, ECHO + "set $live PORT; location / { proxy_pass http://u/o; }")) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void redirectsOfTheOriginPointBackToTheLocation() {
    try (Served served =
        Served.server(
            prefix,
            "",
            "location /o/ { return 302 http://127.0.0.1:PORT/o/next; }\n"
                + "location /p/ { proxy_pass http://127.0.0.1:PORT/o/; }")) {
      assertThat(served.get("/p/"))
          .contains("Location: http://localhost:" + served.port() + "/p/next\r\n");
    }
  }

  @Test
  void interceptedErrorsShowOurPage() {
    try (Served served =
        Served.server(
            prefix,
            "",
            "location /o { return 503 theirs; } location = /e { return 200 ours; }\n"
                + "location / { proxy_pass http://127.0.0.1:PORT/o; proxy_intercept_errors on;"
                + " error_page 503 /e; }")) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 503 ").endsWith("ours");
    }
  }
}
