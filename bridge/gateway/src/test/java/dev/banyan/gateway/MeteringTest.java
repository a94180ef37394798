package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.seam.MeteredModules;
import dev.banyan.lua.seam.MeteredModules.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of Lua modules are counted, and their own CPU is measured, ported or not. */
final class MeteringTest {
  private static final int REQUESTS = 3 * MeteredModules.SAMPLED;
  private static final String MODULE =
      """
      local m = {}
      function m.spin(n) local x = 0 for i = 1, n do x = x + i end return x end
      function m.sleeps() ngx.sleep(0.02) return 'slept' end
      function m.outer() return require('outer').spins() end
      package.loaded.outer = { spins = function() return m.spin(20000) end, idle = function() end }
      return m
      """;

  @TempDir Path prefix;

  private Map<String, Usage> meter(String code) {
    String server = "location / { content_by_lua_block { ngx.print(" + code + ") } }";
    try (Seamed seamed = Seamed.shadow(prefix, List.of(), MODULE, "", server)) {
      seamed.get("/");
      Metering metering = seamed.served().gateway().meter(List.of("m", "outer", "no.such"));
      for (int i = 0; i < REQUESTS; i++) {
        seamed.get("/");
      }
      Map<String, Usage> usage = metering.end();
      seamed.get("/"); // is not counted any more
      return usage;
    }
  }

  private static Usage of(Map<String, Usage> usage, String module) {
    return Objects.requireNonNull(usage.get(module));
  }

  @Test
  void everyCallIsCountedAndOneOfSomeIsMeasured() {
    Map<String, Usage> usage = meter("require('m').spin(20000)");
    assertThat(usage).containsOnlyKeys("m", "outer");
    assertThat(of(usage, "m").calls()).isEqualTo(REQUESTS);
    assertThat(of(usage, "m").measured()).isEqualTo(REQUESTS / MeteredModules.SAMPLED);
    assertThat(of(usage, "m").nanos() / of(usage, "m").measured()).isGreaterThan(20_000);
    assertThat(of(usage, "outer")).isEqualTo(Usage.NONE);
  }

  @Test
  void whatACallWaitsIsNoCpu() {
    Usage sleeps = of(meter("require('m').sleeps()"), "m");
    assertThat(sleeps.measured()).isPositive();
    assertThat(sleeps.nanos() / sleeps.measured()).isLessThan(5_000_000); // it sleeps 20 ms
  }

  @Test
  void whatACallCallsInAnotherModuleIsTheOthers() {
    Map<String, Usage> usage = meter("require('m').outer()");
    assertThat(of(usage, "m").calls()).isEqualTo(2 * REQUESTS); // outer and spin
    assertThat(of(usage, "outer").measured()).isEqualTo(REQUESTS / MeteredModules.SAMPLED);
    assertThat(of(usage, "outer").nanos() / of(usage, "outer").measured())
        .as("spins() itself, without m.spin")
        .isLessThan(of(usage, "m").nanos() / of(usage, "m").measured());
  }
}
