package dev.banyan.lua.ngx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Phase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestApiTest {
  private final NgxRig rig = new NgxRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void headersAreFoundWithUnderscoresAndListed() {
    NgxRig.Run run =
        rig.run(
            Phase.CONTENT,
            r -> {
              r.requestHeaders().add("X-My", "1");
              r.requestHeaders().add("x-my", "2");
            },
            "local h = ngx.req.get_headers() ngx.say(h.X_My[2], ' ', select(2, ngx.req.get_headers(1)))");
    assertThat(run.text()).isEqualTo("2 truncated\n");
  }

  @Test
  void headersAreSetAndCleared() {
    NgxRig.Run run =
        rig.run(
            Phase.CONTENT,
            r -> r.requestHeaders().add("A", "1"),
            "ngx.req.set_header('B', {'x', 'y'}) ngx.req.clear_header('a')"
                + " ngx.req.set_header('C\\n', 'v\\r\\n')");
    assertThat(run.request().requestHeaders()).hasToString("[B, x, B, y, C%0A, v%0D%0A]");
  }

  @Test
  void argumentsAreReadAndWritten() {
    NgxRig.Run run =
        rig.run(
            Phase.CONTENT,
            r -> r.args("a=1&b&a=%20"),
            "local a = ngx.req.get_uri_args() ngx.say(a.a[2], '|', a.b)"
                + " ngx.req.set_uri_args({x = {1, 'y z'}})");
    assertThat(run.text()).isEqualTo(" |true\n");
    assertThat(run.request().args()).isEqualTo("x=1&x=y%20z");
  }

  @Test
  void bodiesAreReadAndReplaced() {
    NgxRig.Run run =
        rig.run(
            Phase.CONTENT,
            r -> r.comes("a=1&b=2"),
            """
            ngx.say(select(2, pcall(ngx.req.get_post_args)))
            ngx.req.read_body() ngx.say(ngx.req.get_body_data(), ngx.req.get_post_args().b)
            ngx.req.init_body() ngx.req.append_body('x') ngx.req.append_body('y')
            ngx.req.finish_body() ngx.say(ngx.req.get_body_data())
            """);
    assertThat(run.text())
        .isEqualTo(
            "no request body found; maybe you should turn on lua_need_request_body?\n"
                + "a=1&b=22\nxy\n");
  }

  @Test
  void aJumpNeedsTheRewritePhase() {
    assertThat(rig.run(Phase.REWRITE, r -> {}, "ngx.req.set_uri('/b', true)").outcome())
        .isEqualTo(new Outcome.Jump("/b"));
    assertThat(rig.say("ngx.say(select(2, pcall(ngx.req.set_uri, '/b', true)))"))
        .isEqualTo("API disabled in the context of content_by_lua*\n");
  }

  @Test
  void controlCharactersInUrisAreRefused() {
    assertThat(rig.say("ngx.say(select(2, pcall(ngx.req.set_uri, '/a\\n')))"))
        .isEqualTo(
            "unsafe byte \"0x0a\" in uri \"/a\\x0A\" (maybe you want to set the 'binary'"
                + " argument?)\n");
  }

  @Test
  void methodsAreNumbers() {
    NgxRig.Run run = rig.content("ngx.req.set_method(ngx.HTTP_PUT) ngx.say(ngx.req.get_method())");
    assertThat(run.text()).isEqualTo("PUT\n");
  }

  @Test
  void subrequestsTakeOptions() {
    NgxRig.Run run =
        rig.content(
            """
            local r = ngx.location.capture('/s?a=1', {method = ngx.HTTP_POST, body = 'b',
              args = {c = 2}, ctx = {n = 1}})
            ngx.say(r.status, r.body, r.truncated)
            local one, two = ngx.location.capture_multi({{'/1'}, {'/2'}}) ngx.say(one.body, two.body)
            """);
    assertThat(run.text()).isEqualTo("200/sfalse\n/1/2\n");
    RequestHost.Subrequest first = run.request().subrequests.getFirst();
    assertThat(first.method()).isEqualTo("POST");
    assertThat(first.args()).isEqualTo("a=1&c=2");
  }

  @Test
  void timersRunWithoutARequest() throws InterruptedException {
    NgxRig.Run run =
        rig.content(
            "ngx.say(ngx.timer.at(0, function(premature, a)"
                + " ngx.log(ngx.ERR, premature, a, ngx.get_phase()) end, 7))");
    rig.await(() -> !run.log().isEmpty());
    assertThat(run.text()).isEqualTo("1\n");
    assertThat(run.log()).containsExactly("4 [lua] test:1: false7timer");
  }

  @Test
  void theTimersOfOneRunCountFromTheSameTime() {
    NgxRig.Run run =
        rig.content(
            """
            local n = 0
            ngx.timer.at(0.05, function() n = n + 1 end)
            ngx.timer.at(3.9, function() n = n + 1 end)
            local busy = os.time() + 2
            while os.time() < busy do end
            ngx.sleep(3)
            ngx.say(n)
            """);
    assertThat(run.text()).isEqualTo("1\n");
  }

  @Test
  void bodyFiltersChangePieces() {
    NgxRig.Run run =
        rig.run(
            Phase.BODY_FILTER,
            r -> r.filterChunk("abc".getBytes(StandardCharsets.ISO_8859_1)),
            "ngx.arg[1] = {ngx.arg[1], 'd'} ngx.arg[2] = true");
    assertThat(run.request().filterChunk()).asString(StandardCharsets.ISO_8859_1).isEqualTo("abcd");
    assertThat(run.request().filterEof()).isTrue();
  }
}
