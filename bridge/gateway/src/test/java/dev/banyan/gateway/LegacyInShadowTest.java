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
import dev.banyan.gateway.seam.ShadowSample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadowed port names the legacy's objects, and is held to what Java can see of them. */
final class LegacyInShadowTest {
  private static final String MODULE =
      """
      local m = {}
      local object = setmetatable(
        {id = 'a', tags = {'x', 'y'}, limits = {}, deep = {n = 1}, cached = {1}},
        {__index = function(_, key) return key == 'tier' and 'free' or nil end})
      function m.find() return object end
      function m.access() ngx.ctx.found = object return object end
      return m
      """;
  private static final String SERVER =
      "location / { access_by_lua_block { local m = require 'm'; m.access(); m.find() }"
          + " content_by_lua_block { ngx.print('done') } }";

  private static final Map<String, Object> SAME =
      Map.of(
          "id", "a",
          "tags", List.of("x", "y"),
          "limits", List.of(),
          "deep", Map.of("n", 1),
          "tier", "free");

  @TempDir Path prefix;

  /** Finds the object. */
  @LuaModule("m")
  @Writes(ctx = "found")
  record Finding(Map<String, ?> standIn) implements Port {
    @Handler("access")
    Decision access() {
      Legacy found = Legacy.of("find", "", standIn);
      return Decision.next().setCtx("found", found).returning(found);
    }

    @Function("find")
    Results find() {
      return Results.of(Legacy.of("find", "", standIn));
    }
  }

  private boolean alike(Map<String, ?> standIn) throws InterruptedException {
    try (Seamed seamed = Seamed.shadow(prefix, new Finding(standIn), MODULE, "", SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("done");
      List<ShadowSample> samples = seamed.samples(2);
      assertThat(samples).hasSize(2);
      return samples.stream()
          .allMatch(sample ->
              sample.control().equals(Objects.requireNonNull(sample.candidate().get().observed())));
    }
  }

  @Test
  void fieldsThatBothHoldAreEqualAndComputedOnesAreNotAsked() throws InterruptedException {
    assertThat(alike(SAME)).isTrue();
  }

  @Test
  void anotherValueIsADifference() throws InterruptedException {
    assertThat(alike(Map.of("id", "b"))).isFalse();
  }

  @Test
  void anotherElementIsADifference() throws InterruptedException {
    assertThat(alike(Map.of("id", "a", "tags", List.of("x", "z")))).isFalse();
  }

  @Test
  void aStandInThatSaysNothingIsADifference() throws InterruptedException {
    assertThat(alike(Map.of())).isFalse();
    assertThat(alike(Map.of("tier", "free"))).isFalse();
  }
}
