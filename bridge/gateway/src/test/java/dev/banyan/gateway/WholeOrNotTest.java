package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Legacy;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Results;
import dev.banyan.api.Writes;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decision that can't be applied as a whole leaves no trace, and Lua answers the call. */
final class WholeOrNotTest {
  private static final String MODULE =
      """
      local m = {}
      function m.access() ngx.ctx.by = 'lua' return 'lua' end
      function m.value() return 'lua' end
      function m.find(name) error('nothing named ' .. name) end
      return m
      """;
  private static final String SERVER =
      """
      set $seen ''; location / {
        access_by_lua_block { local m = require 'm'; ngx.ctx.result = m.access() }
        content_by_lua_block {
          ngx.print(ngx.ctx.result, ' ', ngx.ctx.by, ' ', ngx.ctx.extra or '-', ' ',
            ngx.var.seen, ngx.req.get_headers()['x-first'] or '-') } }
      """;

  @TempDir Path prefix;

  /** Decides as the test wants. */
  @LuaModule("m")
  @Writes(
      ctx = {"by", "extra"},
      requestHeaders = "X-First",
      vars = {"seen", "nowhere", "host"},
      peer = true,
      chunk = true,
      uri = true,
      files = "no/such/folder/file.log")
  record Deciding(Decision decision) implements Port {
    @Handler("access")
    Decision access() {
      return decision;
    }

    @Function("value")
    Results value() {
      return Results.of(new Object());
    }
  }

  private void leavesNoTrace(UnaryOperator<Decision> more, String reason) {
    Decision first =
        more.apply(Decision.next().setRequestHeader("X-First", "1").setCtx("by", "java"));
    try (Seamed seamed = Seamed.java(prefix, new Deciding(first), MODULE, "", SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("lua lua - -");
      assertThat(seamed.told)
          .containsExactly("fell back: can't be applied: " + reason, "LUA answered access");
    }
  }

  @Test
  void choosingAPeerOutsideOfTheBalancer() {
    leavesNoTrace(first -> first.setPeer("127.0.0.1", 80), "a peer is chosen in phase access");
  }

  @Test
  void moreTriesOutsideOfTheBalancer() {
    leavesNoTrace(first -> first.allowMoreTries(2), "more tries are allowed in phase access");
  }

  @Test
  void aPieceOutsideOfTheBodyFilter() {
    leavesNoTrace(first -> first.setChunk(new byte[] {1}), "a piece is replaced in phase access");
  }

  @Test
  void anObjectOfTheLegacyThatIsNotThere() {
    leavesNoTrace(
        first -> first.setCtx("extra", Legacy.of("absent", "x", Map.of())),
        "m has no function absent");
  }

  @Test
  void anObjectOfTheLegacyWhoseLookupRaises() {
    try (Seamed seamed =
        Seamed.java(
            prefix,
            new Deciding(
                Decision.next()
                    .setCtx("by", "java")
                    .setCtx("extra", Legacy.of("find", "x", Map.of()))),
            MODULE,
            "",
            SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("lua lua - -");
      assertThat(seamed.told.getFirst()).contains("the legacy's object: ", "nothing named x");
    }
  }

  @Test
  void aVariableThatNobodyDefined() {
    try (Seamed seamed =
        Seamed.java(
            prefix,
            new Deciding(Decision.next().setVar("seen", "java").setVar("nowhere", "x")),
            MODULE,
            "",
            SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("lua lua - -");
      assertThat(seamed.told.getFirst()).contains("variable \"nowhere\" not found for writing");
    }
  }

  @Test
  void aVariableThatCannotBeChanged() {
    leavesNoTrace(first -> first.setVar("host", "x"), "variable \"host\" not changeable");
  }

  @Test
  void aFileWithoutAFolder() {
    leavesNoTrace(
        first -> first.append("no/such/folder/file.log", "line"),
        "file no/such/folder/file.log can't be written");
  }

  @Test
  void aResultThatLuaHasNoValueFor() {
    leavesNoTrace(
        first -> first.returning(new Object()),
        "a port answered a java.lang.Object, which Lua has no value for");
  }

  @Test
  void aPeerThatIsNoAddressFallsBackInTheBalancer() {
    String module =
        "local b = require 'ngx.balancer' local m = {} function m.access()"
            + " assert(b.set_current_peer('127.0.0.1', PEER)) end return m";
    try (Served origin =
        Served.server(prefix.resolve("origin"), "", "location / { return 200 reached; }")) {
      String http =
          "upstream u { server 0.0.0.1; balancer_by_lua_block { require('m').access() } }";
      Deciding port =
          new Deciding(Decision.next().allowMoreTries(1).setPeer("no-address.example", 80));
      try (Seamed seamed =
          Seamed.java(
              prefix,
              port,
              module.replace("PEER", String.valueOf(origin.port())),
              http,
              "location / { proxy_pass http://u; }")) {
        assertThat(seamed.get("/")).isEqualTo("reached");
        assertThat(seamed.told)
            .containsSubsequence(
                "fell back: can't be applied: peer no-address.example:80: no host allowed",
                "LUA answered access");
      }
    }
  }

  @Test
  void allOfADecisionThatCanBeApplied() {
    Decision all =
        Decision.next()
            .setRequestHeader("X-First", "1")
            .setCtx("by", "java")
            .setCtx("extra", "more")
            .setVar("seen", "seen")
            .returning("java");
    try (Seamed seamed = Seamed.java(prefix, new Deciding(all), MODULE, "", SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("java java more seen1");
      assertThat(seamed.told).containsExactly("JAVA answered access");
    }
  }

  @Test
  void aFunctionWhoseResultLuaHasNoValueForIsAnsweredByLua() {
    try (Seamed seamed =
        Seamed.java(
            prefix,
            new Deciding(Decision.next()),
            MODULE,
            "",
            "location / { content_by_lua_block { ngx.print((require('m').value())) } }")) {
      assertThat(seamed.get("/")).isEqualTo("lua");
    }
  }
}
