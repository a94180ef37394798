package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a request through the phases, with real Lua and real sockets. */
final class PhasesTest {
  @TempDir Path prefix;

  private Served server(String directives) {
    return Served.server(prefix, "", directives);
  }

  @Test
  void luaContentAnswersInNginxsLayout() {
    try (Served served =
        server("location / { content_by_lua_block { ngx.say('hi ', ngx.var.arg_a) } }")) {
      assertThat(served.get("/x?a=1"))
          .matches(
              "(?s)HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: [^\r]+ GMT\r\n"
                  + "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
                  + "Connection: close\r\n\r\n.*")
          .endsWith("\r\n\r\n5\r\nhi 1\n\r\n0\r\n\r\n");
    }
  }

  @Test
  void aWorkerThatBeginsHasAContextOfItsOwn() {
    String http =
        "lua_shared_dict told 100k; init_worker_by_lua_block { ngx.ctx.a = 'own'\n"
            + "ngx.shared.told:set('a', ngx.ctx.a) }";
    String say =
        "location / { content_by_lua_block { ngx.say(ngx.shared.told:get('a'), ngx.ctx.a) } }";
    try (Served served = Served.server(prefix, http, say)) {
      assertThat(served.get("/")).contains("ownnil");
    }
  }

  @Test
  void fieldsWithUnderscoresAndOtherOddNamesAreDropped() {
    String say =
        "location / { content_by_lua_block { ngx.print('[', ngx.var.http_x_user or 'none', ']',"
            + " ngx.var.http_x_a or 'none') } }";
    try (Served served = server(say)) {
      assertThat(served.get("/", "X_User: root\r\n", "X-A: 1\r\n", "X.User: root\r\n"))
          .contains("[none]1");
    }
    try (Served served = server("underscores_in_headers on; " + say)) {
      assertThat(served.get("/", "X_User: root\r\n")).contains("[root]none");
    }
    try (Served served = server("ignore_invalid_headers off; " + say)) {
      assertThat(served.get("/", "X_User: root\r\n")).contains("[root]none");
    }
  }

  @Test
  void phasesRunInNginxsOrder() {
    String note = "_by_lua_block { ngx.ctx.way = (ngx.ctx.way or '') .. ' ' .. ngx.get_phase() }\n";
    try (Served served =
        server(
            "location / { set_by_lua_block $s { return ngx.get_phase() } rewrite"
                + note
                + "access"
                + note
                + "content_by_lua_block { ngx.say(ngx.var.s, ngx.ctx.way, ' content') }\n"
                + "log_by_lua_block { ngx.log(ngx.ERR, 'way:', ngx.ctx.way, ' ', ngx.get_phase()) } }")) {
      assertThat(served.get("/")).contains("set rewrite access content\n");
      assertThat(served.awaitLog("error.log", "way:"))
          .contains("way: rewrite access log while logging request, client: 127.0.0.1");
    }
  }

  @Test
  void aMissingFileIsNginxsOwnPageByteForByte() {
    try (Served served = server("location / { root html; }")) {
      assertThat(Served.body(served.get("/none")))
          .isEqualTo(
              "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n"
                  + "<center><h1>404 Not Found</h1></center>\r\n"
                  + "<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n");
    }
  }

  @Test
  void anErrorPageKeepsTheStatusThatLedToIt() {
    try (Served served =
        server(
            "error_page 403 /e; location = /e { internal; content_by_lua_block { ngx.say('sorry') } }\n"
                + "location / { access_by_lua_block { ngx.exit(403) } }")) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 403 Forbidden\r\n").contains("sorry");
      assertThat(served.get("/e")).startsWith("HTTP/1.1 404 Not Found\r\n");
    }
  }

  @Test
  void anErrorPageMaySetAnotherStatus() {
    try (Served served =
        server(
            "error_page 404 =200 @found; location @found { return 200 'here'; }\n"
                + "location / { return 404; }")) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("here");
    }
  }

  @Test
  void execGoesToNamedLocationsAndLosesTheContext() {
    try (Served served =
        server(
            "location @n { content_by_lua_block { ngx.say('named ', tostring(ngx.ctx.a)) } }\n"
                + "location / { content_by_lua_block { ngx.ctx.a = 1; ngx.exec('@n') } }")) {
      assertThat(served.get("/")).contains("named nil\n");
    }
  }

  @Test
  void aRewriteCycleEndsIn500() {
    try (Served served = server("location / { rewrite ^ /x; }")) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 500 ");
      assertThat(served.awaitLog("error.log", "cycle"))
          .contains("rewrite or internal redirection cycle while processing \"/x\"");
    }
  }

  @Test
  void capturesRunAtTheSameTimeAndAnswerInOrder() {
    try (Served served =
        server(
            "location /s { content_by_lua_block { ngx.sleep(0.05) ngx.print(ngx.var.uri) } }\n"
                + "location / { content_by_lua_block {\n"
                + "local a, b = ngx.location.capture_multi{{'/s1'}, {'/s2'}}\n"
                + "ngx.say(a.status, a.body, b.body) } }")) {
      assertThat(served.get("/")).contains("200/s1/s2\n");
    }
  }

  @Test
  void filtersSeeEachPieceAndTheEnd() {
    try (Served served =
        server(
            "location / { content_by_lua_block { ngx.print('a') ngx.print('b') }\n"
                + "header_filter_by_lua_block { ngx.header['X-F'] = 'y' }\n"
                + "body_filter_by_lua_block { ngx.arg[1] = '[' .. ngx.arg[1] .. ']' .. "
                + "(ngx.arg[2] and '.' or '') } add_header X-A b; }")) {
      assertThat(served.get("/")).contains("X-F: y\r\nX-A: b\r\n").contains("[a]").contains("[].");
    }
  }

  @Test
  void satisfyAnyLetsOneCheckDecide() {
    try (Served served =
        server(
            "satisfy any; location /c { deny all; access_by_lua_block { ngx.exit(403) }"
                + " content_by_lua_block { ngx.say('in') } }"
                + "location /d { deny all; access_by_lua_block { } content_by_lua_block { ngx.say('in') } }")) {
      assertThat(served.get("/c")).startsWith("HTTP/1.1 403 ");
      assertThat(served.get("/d")).contains("in\n");
    }
  }

  @Test
  void anHttp10ClientGetsItsLength() {
    try (Served served =
        server("location / { content_by_lua_block { ngx.say('x') ngx.say('y') } }")) {
      assertThat(served.send("GET / HTTP/1.0\r\n\r\n"))
          .contains("Content-Length: 4\r\n")
          .endsWith("\r\n\r\nx\ny\n");
    }
  }

  @Test
  void aFailingHandlerIsA500WithItsPosition() {
    try (Served served = server("location / { content_by_lua_block { error('boom') } }")) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 500 ");
      assertThat(served.awaitLog("error.log", "boom"))
          .contains("lua entry thread aborted: runtime error: content_by_lua(nginx.conf:");
    }
  }

  @Test
  void anOversizedBodyIsRefused() {
    try (Served served =
        server(
            "client_max_body_size 4; location / { content_by_lua_block { ngx.req.read_body() } }")) {
      String head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
      assertThat(served.send(head + "Content-Length: 5\r\n\r\n12345"))
          .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n");
      assertThat(served.send(head + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n"))
          .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n");
    }
  }

  @Test
  void aMalformedRequestGetsTheErrorPageOf400() {
    try (Served served = server("error_page 400 = /bad; location = /bad { return 200 'what'; }")) {
      assertThat(served.send("GeT / HTTP/1.1\r\n\r\n")).contains("what");
    }
  }

  @Test
  void timersRunWithoutAClient() {
    try (Served served =
        server(
            "location / { content_by_lua_block { ngx.timer.at(0, function(early)"
                + " ngx.log(ngx.ERR, 'tick ', tostring(early)) end) ngx.say('set') } }")) {
      assertThat(served.get("/")).contains("set\n");
      assertThat(served.awaitLog("error.log", "tick")).contains("tick false, context: ngx.timer");
    }
  }
}
