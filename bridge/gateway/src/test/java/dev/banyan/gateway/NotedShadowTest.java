package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.AllHeaders;
import dev.banyan.api.Arg;
import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Header;
import dev.banyan.api.Headers;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.lua.seam.Observed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is compared is what was when the call began and ended, whatever Lua writes later. */
final class NotedShadowTest {
  private static final String MODULE =
      """
      local m = {}
      function m.access(arg)
        ngx.ctx.user.name = ngx.ctx.user.name .. '!'
        ngx.ctx.plain = 'set'
        ngx.var.who = ngx.var.arg_a
        ngx.req.set_header('X-Seen', 'set')
        ngx.header['X-Out'] = 'set'
        return arg
      end
      function m.wide(n)
        local t = {}
        for i = 1, n do t[i] = i end
        return t
      end
      return m
      """;
  private static final String SERVER =
      """
      set $who '';
      location = /wide { content_by_lua_block { ngx.print('length ', #require('m').wide(10001)) } }
      location / {
        access_by_lua_block {
          ngx.ctx.user = {name = 'ada', tags = {'x'}}
          ngx.req.set_header('X-Seen', 'before')
          local given = {1, {2}}
          local got = require('m').access(given)
          got[2][1] = 'later'
          given[1] = 'later'
          ngx.ctx.user.name = 'later'
          ngx.ctx.user.tags[1] = 'later'
          ngx.ctx.plain = 'later'
          ngx.var.who = 'later'
          ngx.req.set_header('X-Seen', 'later')
          ngx.req.clear_header('X-Given')
          ngx.req.set_uri_args('a=later')
          ngx.header['X-Out'] = 'later'
        }
        content_by_lua_block { ngx.print('done') }
      }
      """;

  @TempDir Path prefix;

  /** Answers as Lua does, of what was before the call. */
  @LuaModule("m")
  @Writes(
      ctx = {"user", "plain"},
      vars = "who",
      requestHeaders = "*",
      responseHeaders = "X-Out")
  record Same(String mark) implements Port {
    /** All that Lua changes later. */
    public record Input(
        @Ctx("user") View user,
        @Ctx("plain") @Nullable String plain,
        @Arg("a") @Nullable String arg,
        @Header("X-Seen") @Nullable String seen,
        @Header("X-Given") List<String> given,
        @AllHeaders(max = 100) Headers all) {}

    @Handler("access")
    Decision access(Input in, View given) {
      String told =
          in.plain() + " " + in.seen() + " " + in.given() + " " + in.all().first("X-Given");
      Object second = given.at(2) instanceof View below ? below.at(1) : null;
      return Decision.next()
          .setCtx("user", Map.of("name", in.user().get("name") + mark, "tags", List.of("x")))
          .setCtx("plain", told.equals("null before [g] g") ? "set" : told)
          .setVar("who", Objects.requireNonNullElse(in.arg(), "none"))
          .setRequestHeader("X-Seen", "set")
          .setResponseHeader("X-Out", "set")
          .returning(Arrays.asList(given.at(1), Arrays.asList(second)));
    }

    @Function("wide")
    double wide(double n) {
      return n;
    }
  }

  private ShadowSample sample(String mark) throws InterruptedException {
    try (Seamed seamed = Seamed.shadow(prefix, new Same(mark), MODULE, "", SERVER)) {
      assertThat(seamed.get("/?a=1", "X-Given: g\r\n")).isEqualTo("done");
      return seamed.samples(1).getFirst();
    }
  }

  @Test
  void whatLuaWritesAfterTheCallIsOnNeitherSide() throws InterruptedException {
    ShadowSample sample = sample("!");
    Observed control = sample.control();
    assertThat(control.state())
        .containsEntry("ctx user", Map.of("name", "ada!", "tags", List.of("x")))
        .containsEntry("ctx plain", "set")
        .containsEntry("var who", "1")
        .containsEntry("request header x-seen", List.of("set"))
        .containsEntry("request header x-given", List.of("g"))
        .containsEntry("response header x-out", List.of("set"));
    assertThat(control.results()).isEqualTo(List.of(List.of(1d, List.of(2d))));
    assertThat(sample.candidate().get().observed()).isEqualTo(control);
  }

  @Test
  void whatIsDifferentStaysSo() throws InterruptedException {
    ShadowSample sample = sample("?");
    Observed candidate = Objects.requireNonNull(sample.candidate().get().observed());
    assertThat(candidate).isNotEqualTo(sample.control());
    assertThat(candidate.state().get("ctx user"))
        .isEqualTo(Map.of("name", "ada?", "tags", List.of("x")));
  }

  @Test
  void anAnswerThatIsTooMuchToBeNotedIsTheUsersAllTheSame() throws InterruptedException {
    try (Seamed seamed = Seamed.shadow(prefix, new Same(""), MODULE, "", SERVER)) {
      assertThat(seamed.get("/wide")).isEqualTo("length 10001");
      assertThat(seamed.told)
          .contains(
              "skipped: answer: a table holds more than 10000 values, too many to copy for a"
                  + " shadowed call");
    }
  }
}
