package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.FailMode;
import dev.banyan.api.Handler;
import dev.banyan.api.Log;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Shared;
import dev.banyan.api.Timer;
import dev.banyan.api.Way;
import dev.banyan.api.Writes;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.host.CallRules;
import dev.banyan.nginx.script.LuaPhase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ports do later, outside of the request that asked for it. */
final class LaterTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final CallRules RULES = Seamed.rules(FailMode.LUA, Duration.ofSeconds(10));
  private static final String MODULE =
      """
      local m = {}
      function m.access()
        ngx.timer.at(0.02, function(early, who) ngx.shared.d:incr('lua ' .. who, 1, 0) end, 'x')
      end
      function m.broken() ngx.ctx.by = 'lua' end
      return m
      """;
  private static final String SERVER =
      """
      location / {
        access_by_lua_block { require('m').access() }
        content_by_lua_block { ngx.print('done') } }
      location /broken {
        access_by_lua_block { require('m').broken() }
        content_by_lua_block { ngx.print(ngx.ctx.by) } }
      location /seen { content_by_lua_block {
        local d = ngx.shared.d
        ngx.print(d:get('java x') or 0, ' ', d:get('lua x') or 0) } }
      """;

  @TempDir Path prefix;

  /** Counts later what it was asked to count. */
  @LuaModule("m")
  @Writes(timers = {"count", "broken"})
  record Counting(Duration delay) implements Port {
    @Handler("access")
    Decision access() {
      return Decision.next().later(delay, "count", "x", 2.0, true, null);
    }

    @Handler("broken")
    Decision broken() {
      return Decision.next().later(Duration.ZERO, "broken");
    }

    @Timer("count")
    void count(
        boolean premature,
        String who,
        double by,
        boolean really,
        Object nothing,
        @Shared("d") Dict dict,
        Log log) {
      if (!premature && really && nothing == null) {
        dict.incr("java " + who, by, 0);
        log.log(5, "counted " + who);
      }
    }

    @Timer("broken")
    void broken(@Shared("d") Dict dict) {
      dict.incr("java x", Double.parseDouble("many"), 0);
    }
  }

  @Test
  void aPortsTimerRunsOnceOutsideOfItsRequest() throws InterruptedException {
    try (Seamed seamed =
        Seamed.java(prefix, new Counting(SOON), RULES, MODULE, "lua_shared_dict d 1m;", SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("done");
      await(seamed, "2 0");
      assertThat(seamed.told).containsExactly("JAVA answered access", "JAVA answered count");
    }
  }

  @Test
  void aPipelinesPortHasTimersToo() throws InterruptedException {
    try (Seamed seamed =
        Seamed.without(
            prefix,
            () -> (_, _) -> Way.JAVA,
            List.of(new Counting(SOON)),
            RULES,
            MODULE,
            "lua_shared_dict d 1m;",
            "access_by_lua_block { require('m').access() } location /w { } "
                + "location /seen { access_by_lua_block { } content_by_lua_block { "
                + "ngx.print(ngx.shared.d:get('java x') or 0, ' 0') } }",
            List.of(Seamed.rule(LuaPhase.ACCESS, "m.access")))) {
      seamed.get("/w");
      assertThat(seamed.told).contains("without Lua");
      await(seamed, "2 0");
    }
  }

  @Test
  void inShadowTheDelaysAreComparedAndTheControlsTimerAloneRuns() throws InterruptedException {
    try (Seamed seamed =
        Seamed.shadow(prefix, new Counting(SOON), MODULE, "lua_shared_dict d 1m;", SERVER)) {
      seamed.get("/");
      ShadowSample sample = seamed.samples(1).getFirst();
      assertThat(sample.control().state()).containsEntry("timers", "0.02");
      assertThat(Objects.requireNonNull(sample.candidate().get().observed()).state())
          .containsEntry("timers", "0.02");
      await(seamed, "0 1");
    }
  }

  @Test
  void aFailureIsToldAndNotTriedAgain() throws InterruptedException {
    try (Seamed seamed =
        Seamed.java(prefix, new Counting(SOON), RULES, MODULE, "lua_shared_dict d 1m;", SERVER)) {
      seamed.get("/broken");
      for (int i = 0; i < 3000 && seamed.told.size() < 2; i++) {
        Thread.sleep(Duration.ofMillis(10));
      }
      assertThat(seamed.told).last().asString().contains("timer broken failed: ");
    }
  }

  @Test
  void aTimerThatCannotBeMadeLeavesTheWholeCallToLua() {
    try (Seamed seamed =
        Seamed.java(
            prefix,
            new Counting(Duration.ofHours(1)),
            RULES,
            MODULE,
            "lua_max_pending_timers 1; lua_shared_dict d 1m;",
            SERVER)) {
      seamed.get("/");
      assertThat(seamed.get("/")).isEqualTo("done");
      assertThat(seamed.told)
          .containsExactly(
              "JAVA answered access",
              "fell back: can't be applied: timer count: too many pending timers",
              "LUA answered access");
    }
  }

  private static void await(Seamed seamed, String seen) throws InterruptedException {
    for (int i = 0; i < 3000 && !seamed.get("/seen").equals(seen); i++) {
      Thread.sleep(Duration.ofMillis(10));
    }
    assertThat(seamed.get("/seen")).isEqualTo(seen);
  }
}
