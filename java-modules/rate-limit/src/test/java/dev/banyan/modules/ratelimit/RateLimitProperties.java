package dev.banyan.modules.ratelimit;

import dev.banyan.api.Phase;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Any input: the port leaves behind what Lua leaves behind. */
class RateLimitProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new RateLimit());

  @Property(tries = 500)
  void anyStateOfAnyBucket(
      @ForAll @IntRange(max = 30_000) int excess,
      @ForAll @IntRange(max = 20_000) int ago,
      @ForAll @IntRange(min = 1, max = 50) int perSecond,
      @ForAll @IntRange(max = 20) int burst,
      @ForAll boolean show) {
    String state = excess + ":" + (1_800_000_000_123L - ago + 1_000);
    String code = "ngx.shared.rate_limit:set(\"t1|127.0.0.1\", \"" + state + "\")";
    Map<String, Object> rate = Map.of("per_second", perSecond, "burst", burst, "show", show);
    TWINS.alike(
        TwinCall.get("/")
            .tenant(Map.of("rate", rate))
            .code(Phase.ACCESS, code)
            .call(Phase.ACCESS, "edge.rate_limit", "access"));
  }
}
