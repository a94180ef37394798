package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import dev.banyan.gateway.seam.ShadowSample;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A decision does to fields, status and arguments what Lua's function does, and is shown as that.
 */
final class FieldsInShadowTest {
  private static final String SERVER =
      """
      location / {
        access_by_lua_block { require('m').access() }
        content_by_lua_block {
          ngx.say('[', ngx.var.http_x_a, '] [', ngx.var.args, '] ', ngx.var.http_host)
        }
      }
      """;

  @TempDir Path prefix;

  /** The same, once in Lua and once as a decision. */
  record Twin(String lua, Decision decision) {
    @Override
    public String toString() {
      return lua;
    }
  }

  static List<Twin> twins() {
    Decision next = Decision.next();
    return List.of(
        new Twin("ngx.header['X-A'] = ''", next.setResponseHeader("X-A", "")),
        new Twin("ngx.header['X-A'] = 'a\\tb\\1'", next.setResponseHeader("X-A", "a\tb\1")),
        new Twin(
            "ngx.header['X-A'] = {'', 'b', '', 'c'}",
            next.setResponseHeader("X-A", List.of("", "b", "", "c"))),
        new Twin("ngx.header['X-A'] = {'a', ''}", next.setResponseHeader("X-A", List.of("a", ""))),
        new Twin("ngx.header.ETag = {'a', 'b'}", next.setResponseHeader("ETag", List.of("a", "b"))),
        new Twin("ngx.req.set_header('X-A', '')", next.setRequestHeader("X-A", "")),
        new Twin("ngx.req.set_header('X-A', '\\127\\1')", next.setRequestHeader("X-A", "\177\1")),
        new Twin("ngx.req.set_header('x-a', 'b')", next.setRequestHeader("x-a", "b")),
        new Twin("ngx.req.set_uri_args('a=\\1')", next.setArgs("a=\1")),
        new Twin(
            "ngx.status = 403 ngx.print('no') return ngx.exit(403)", Decision.respond(403, "no")),
        new Twin("ngx.print('ok') return ngx.exit(200)", Decision.respond(200, "ok")),
        new Twin("ngx.print('') return ngx.exit(200)", Decision.respond(200, "")),
        new Twin(
            "ngx.header['Content-Type'] = 'text/plain' ngx.print('ok') return ngx.exit(200)",
            Decision.respond(200, "ok")),
        new Twin(
            "ngx.print('ok') return ngx.exit(200)",
            next.setResponseHeader("Content-Type", "text/plain").responding(200, "ok")),
        new Twin(
            "ngx.header['Content-Type'] = 'a/b' ngx.print('ok') return ngx.exit(200)",
            next.setResponseHeader("Content-Type", "a/b").responding(200, "ok")),
        new Twin(
            "ngx.header['Content-Type'] = nil ngx.print('ok') return ngx.exit(200)",
            next.setResponseHeader("Content-Type", (String) null).responding(200, "ok")),
        new Twin("return ngx.exit(403)", Decision.respond(403)),
        new Twin("return ngx.redirect('/b', 301)", Decision.redirect("/b", 301)));
  }

  /** Decides as it is told. */
  @LuaModule("m")
  @Writes(
      requestHeaders = "X-A",
      responseHeaders = {"X-A", "ETag", "Location", "Content-Type"},
      uri = true,
      status = true)
  record Deciding(Decision decision) implements Port {
    @Handler("access")
    Decision access() {
      return decision;
    }
  }

  private String module(Twin twin) {
    return "local m = {} function m.access() " + twin.lua() + " end return m";
  }

  @ParameterizedTest
  @MethodSource("twins")
  void whatComesOfADecisionIsWhatIsComparedWithLua(Twin twin) throws InterruptedException {
    Port port = new Deciding(twin.decision());
    try (Seamed seamed = Seamed.shadow(prefix, port, module(twin), "", SERVER)) {
      seamed.served().get("/?q=1", "X-A: before\r\n");
      ShadowSample sample = seamed.samples(1).getFirst();
      assertThat(Objects.requireNonNull(sample.candidate().get().observed()))
          .isEqualTo(sample.control());
    }
  }

  /** A body whose head differs from Lua's. */
  static List<Twin> otherTypes() {
    Decision plain = Decision.respond(200, "ok");
    return List.of(
        new Twin("ngx.header['Content-Type'] = 'a/b' ngx.print('ok') return ngx.exit(200)", plain),
        new Twin("ngx.header['Content-Type'] = nil ngx.print('ok') return ngx.exit(200)", plain),
        new Twin(
            "ngx.print('ok') return ngx.exit(200)",
            Decision.next().setResponseHeader("Content-Type", "a/b").responding(200, "ok")));
  }

  @ParameterizedTest
  @MethodSource("otherTypes")
  void aTypeThatOnlyOneSideSaysDiffers(Twin twin) throws InterruptedException {
    Port port = new Deciding(twin.decision());
    try (Seamed seamed = Seamed.shadow(prefix, port, module(twin), "", SERVER)) {
      seamed.served().get("/?q=1", "");
      ShadowSample sample = seamed.samples(1).getFirst();
      assertThat(Objects.requireNonNull(sample.candidate().get().observed()))
          .isNotEqualTo(sample.control());
    }
  }

  @Test
  void whatFiltersAddToAnAnswerIsNotThisCalls() throws InterruptedException {
    Twin twin =
        new Twin(
            "ngx.header['X-A'] = 'a' ngx.print('ok') return ngx.exit(200)",
            Decision.next().setResponseHeader("X-A", "a").responding(200, "ok"));
    String server =
        SERVER + "header_filter_by_lua_block { ngx.header['X-A'] = 'f' ngx.header.ETag = 'f' }";
    Port port = new Deciding(twin.decision());
    try (Seamed seamed = Seamed.shadow(prefix, port, module(twin), "", server)) {
      assertThat(seamed.served().get("/?q=1", "")).contains("X-A: f\r\n");
      ShadowSample sample = seamed.samples(1).getFirst();
      assertThat(Objects.requireNonNull(sample.candidate().get().observed()))
          .isEqualTo(sample.control());
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void aDecisionDoesWhatLuaDoes(Twin twin) {
    Port port = new Deciding(twin.decision());
    String lua;
    try (Seamed seamed = Seamed.shadow(prefix, port, module(twin), "", SERVER)) {
      lua = seamed.served().get("/?q=1", "X-A: before\r\n");
    }
    try (Seamed seamed = Seamed.java(prefix, port, module(twin), "", SERVER)) {
      assertThat(plain(seamed.served().get("/?q=1", "X-A: before\r\n"))).isEqualTo(plain(lua));
    }
  }

  private static String plain(String answer) {
    return answer.replaceAll("(?m)^Date: .*\r\n", "").replaceAll("127\\.0\\.0\\.1:\\d+", "HOST");
  }
}
