package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Constant;
import dev.banyan.api.Decision;
import dev.banyan.api.FailMode;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Legacy;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module whose Lua file is gone: what still is in Lua gets the port's table. */
final class WithoutLuaFileTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path prefix;

  /** The port of a module that has no Lua file any more. */
  @LuaModule("m")
  @Writes(ctx = "found")
  static final class Alone implements Port {
    @Handler(value = "access", phase = Phase.ACCESS)
    public Decision access() {
      return Decision.next().setCtx("found", Legacy.of("find", "x", Map.of("name", "acme")));
    }

    @Handler("decline")
    public Decision decline() {
      return Decision.decline("not today");
    }

    @Function("twice")
    public String twice(String text) {
      return text + text;
    }

    @Constant("VERSION")
    public String version() {
      return "4.2";
    }
  }

  private Seamed alone(FailMode mode, String location) {
    return Seamed.alone(
        prefix, new Alone(), Seamed.rules(mode, LONG), "", "location / { " + location + " }");
  }

  private static String content(String lua) {
    return "content_by_lua_block { " + lua + " }";
  }

  @Test
  void requireGivesThePortsFunctionsAndConstantsAndOneTableForAll() {
    String lua =
        "local m = require 'm' ngx.print(m.twice('a'), ' ', m.VERSION, ' ', m == require 'm')";
    try (Seamed seamed = alone(FailMode.CLOSED, content(lua))) {
      assertThat(seamed.get("/")).isEqualTo("aa 4.2 true");
      assertThat(seamed.get("/")).isEqualTo("aa 4.2 true");
    }
  }

  @Test
  void anObjectOfTheLegacyIsItsStandIn() {
    String access = "access_by_lua_block { require('m').access() } ";
    try (Seamed seamed =
        alone(FailMode.CLOSED, access + content("ngx.print(ngx.ctx.found.name)"))) {
      assertThat(seamed.get("/")).isEqualTo("acme");
    }
  }

  @Test
  void whatWouldHaveFallenBackGetsWhatTheFailModeSays() {
    String lua = content("require('m').decline() ngx.print('went on')");
    try (Seamed seamed = alone(FailMode.OPEN, lua)) {
      assertThat(seamed.get("/")).isEqualTo("went on");
      assertThat(seamed.told).containsExactly("fell back: declined: not today");
    }
    try (Seamed seamed = alone(FailMode.CLOSED, lua)) {
      assertThat(seamed.served().get("/")).startsWith("HTTP/1.1 500 ");
    }
  }

  @Test
  void whereThePortDoesNotAnswerTheErrorSaysWhatToDo() {
    String lua = content("ngx.print(select(2, pcall(require('m').access)))");
    try (Seamed seamed = alone(FailMode.CLOSED, lua)) {
      assertThat(seamed.get("/"))
          .contains(
              "m.access has no Lua file, and its port doesn't answer here: put the file back");
    }
  }
}
