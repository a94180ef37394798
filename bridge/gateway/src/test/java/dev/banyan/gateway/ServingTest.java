package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, limits, logs and the swap of configurations. */
final class ServingTest {
  @TempDir Path prefix;

  @Test
  void filesHaveRangesAndConditions() throws IOException {
    try (Served served = Served.server(prefix, "", "root html;")) {
      Files.writeString(prefix.resolve("html/f.txt"), "0123456789");
      String whole = served.get("/f.txt");
      assertThat(whole).contains("Accept-Ranges: bytes\r\n").endsWith("0123456789");
      assertThat(served.get("/f.txt", "Range: bytes=2-4\r\n"))
          .startsWith("HTTP/1.1 206 Partial Content\r\n")
          .contains("Content-Range: bytes 2-4/10\r\n")
          .endsWith("\r\n\r\n234");
      assertThat(served.get("/f.txt", "Range: bytes=20-\r\n"))
          .startsWith("HTTP/1.1 416 ")
          .contains("Content-Range: bytes */10\r\n");
      int etag = whole.indexOf("ETag: ") + 6;
      String tag = whole.substring(etag, whole.indexOf("\r\n", etag));
      assertThat(served.get("/f.txt", "If-None-Match: " + tag + "\r\n"))
          .startsWith("HTTP/1.1 304 Not Modified\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void aFolderIsSentToItsSlashAndServedByItsIndex() throws IOException {
    try (Served served = Served.server(prefix, "", "root html;")) {
      Files.createDirectories(prefix.resolve("html/d"));
      Files.writeString(prefix.resolve("html/d/index.html"), "in d");
      assertThat(served.get("/d"))
          .contains("Location: http://localhost:" + served.port() + "/d/\r\n");
      assertThat(served.get("/d/")).endsWith("in d");
    }
  }

  @Test
  void tryFilesEndsInItsFallback() throws IOException {
    try (Served served =
        Served.server(
            prefix,
            "",
            "root html; location / { try_files $uri @app; } location @app { return 200 app; }")) {
      Files.writeString(prefix.resolve("html/f"), "file");
      assertThat(served.get("/f")).endsWith("file");
      assertThat(served.get("/g")).endsWith("app");
    }
  }

  @Test
  void requestsOverTheLimitAreRefused() {
    try (Served served =
        Served.server(
            prefix,
            "limit_req_zone $binary_remote_addr zone=z:1m rate=1r/m;",
            "location / { limit_req zone=z; limit_req_status 429;"
                + " content_by_lua_block { ngx.say('in') } }")) {
      assertThat(served.get("/")).contains("in\n");
      assertThat(served.get("/")).startsWith("HTTP/1.1 429 Too Many Requests\r\n");
      assertThat(served.awaitLog("error.log", "limiting"))
          .contains("limiting requests, excess: ")
          .contains("by zone \"z\"");
    }
  }

  @Test
  void theAccessLogEscapesAsNginxDoes() {
    try (Served served =
        Served.server(
            prefix,
            "log_format f '$remote_addr \"$http_x\" $status $body_bytes_sent $http_none';",
            "location / { access_log logs/a.log f; return 200 hello; }")) {
      served.get("/", "X: a\"b\r\n");
      assertThat(served.awaitLog("a.log", "\n")).isEqualTo("127.0.0.1 \"a\\x22b\" 200 5 -\n");
    }
  }

  @Test
  void textIsZippedForClientsThatTakeIt() {
    try (Served served =
        Served.server(
            prefix,
            "gzip on; gzip_types text/plain;",
            "location / { default_type text/plain; return 200 '" + "a".repeat(500) + "'; }")) {
      assertThat(served.get("/", "Accept-Encoding: gzip\r\n"))
          .contains("Content-Encoding: gzip\r\n")
          .doesNotContain("aaaaaaaaaaaaa");
      assertThat(served.get("/")).contains("Content-Length: 500\r\n");
    }
  }

  @Test
  void aReloadSwapsTheConfigurationWhole() {
    try (Served served =
        Served.server(
            prefix,
            "lua_shared_dict d 1m;",
            "location / { content_by_lua_block { ngx.say('one') } }")) {
      assertThat(served.get("/")).contains("one\n");
      served
          .gateway()
          .reload(
              Served.conf(
                  prefix,
                  served.port(),
                  "lua_shared_dict d 1m;",
                  "location / { content_by_lua_block { ngx.say('two') } }"));
      assertThat(served.get("/")).contains("two\n");
    }
  }

  @Test
  void aConfigurationWhoseLuaFailsIsNotTaken() {
    try (Served served = Served.server(prefix, "", "return 200 one;")) {
      assertThatThrownBy(() ->
              served
                  .gateway()
                  .reload(
                      Served.conf(
                          prefix,
                          served.port(),
                          "init_by_lua_block { error('no') }",
                          "return 200 two;")))
          .isInstanceOf(GatewayException.class)
          .hasMessageContaining("init_by_lua error: ");
      assertThat(served.get("/")).endsWith("one");
    }
  }

  @Test
  void twoGatewaysLiveSideBySide() {
    try (Served one = Served.server(prefix.resolve("a"), "", "return 200 one;");
        Served two = Served.server(prefix.resolve("b"), "", "return 200 two;")) {
      assertThat(one.get("/")).endsWith("one");
      assertThat(two.get("/")).endsWith("two");
    }
  }

  @Test
  void aTakenPortIsAnErrorWithFileAndLine() {
    try (Served served = Served.server(prefix, "", "return 200 one;")) {
      assertThatThrownBy(() ->
              Gateway.start(
                  Served.conf(prefix, served.port(), "", "return 200 two;"),
                  GatewayOptions.defaults()))
          .isInstanceOf(GatewayException.class)
          .hasMessageContaining("98: Address already in use")
          .hasMessageContaining("nginx.conf:");
    }
  }
}
