package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Cookie;
import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Var;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.host.CallOutcome;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of one request share what is noted of it, as long as nothing of that changes. */
final class SharedNotesTest {
  private static final String MODULE = "return {access = function() end}";

  @TempDir Path prefix;

  /** Tells what it saw. */
  @LuaModule("m")
  record Seeing() implements Port {
    /** A variable of each kind. */
    public record Input(
        @Var("who") @Nullable String set,
        @Var("shade") @Nullable String mapped,
        @Var("http_x_one") @Nullable String header,
        @Cookie("c") @Nullable String cookie,
        @Var("arg_a") @Nullable String argument,
        @Var("request_method") @Nullable String method) {}

    @Handler("access")
    Decision access(Input in) {
      return Decision.next()
          .returning(
              String.join(
                  " ",
                  String.valueOf(in.set()),
                  String.valueOf(in.mapped()),
                  String.valueOf(in.header()),
                  String.valueOf(in.cookie()),
                  String.valueOf(in.argument()),
                  String.valueOf(in.method())));
    }
  }

  /** What the port saw at each call, after all of them. */
  private List<String> seen(int calls, String http, String lua) throws InterruptedException {
    String server =
        "set $who first; location / { access_by_lua_block { local m = require 'm' "
            + lua
            + " } content_by_lua_block { ngx.print('done') } }";
    try (Seamed seamed = Seamed.shadow(prefix, new Seeing(), MODULE, http, server)) {
      assertThat(seamed.get("/?a=1", "X-One: one\r\nCookie: c=kept\r\n")).isEqualTo("done");
      return seamed.samples(calls).stream().map(SharedNotesTest::answer).toList();
    }
  }

  private static String answer(ShadowSample sample) {
    return sample.candidate().get().outcome() instanceof CallOutcome.Decided(var decision)
        ? String.valueOf(decision.results().getFirst())
        : "nothing";
  }

  private static final String MAP = "map $who $shade { default light; second dark; } ";

  @Test
  void aCallSeesWhatWasChangedBeforeItAndNotWhatComesAfter() throws InterruptedException {
    String lua =
        """
        m.access()
        ngx.var.who = 'second'
        m.access()
        ngx.req.set_header('X-One', 'two')
        m.access()
        ngx.req.set_header('Cookie', 'c=other')
        m.access()
        ngx.req.set_uri_args('a=2')
        m.access()
        ngx.req.set_method(ngx.HTTP_POST)
        m.access()
        ngx.req.clear_header('X-One')
        ngx.var.who = 'third'
        m.access()
        ngx.var.who = 'later'
        ngx.req.set_header('X-One', 'later')
        ngx.req.set_header('Cookie', 'c=later')
        """;
    assertThat(seen(7, MAP, lua))
        .containsExactly(
            "first light one kept 1 GET",
            "second light one kept 1 GET",
            "second light two kept 1 GET",
            "second light two other 1 GET",
            "second light two other 2 GET",
            "second light two other 2 POST",
            "third light null other 2 POST");
  }

  @Test
  void aVolatileMapIsReadAgainForEachCall() throws InterruptedException {
    assertThat(
            seen(
                2,
                MAP.replace("{ ", "{ volatile; "),
                "m.access() ngx.var.who = 'second' m.access()"))
        .containsExactly("first light one kept 1 GET", "second dark one kept 1 GET");
  }

  @Test
  void aMapThatLuaSetsIsWhatLuaSetIt() throws InterruptedException {
    assertThat(seen(2, MAP, "m.access() ngx.var.shade = 'set' m.access()"))
        .containsExactly("first light one kept 1 GET", "first set one kept 1 GET");
  }
}
