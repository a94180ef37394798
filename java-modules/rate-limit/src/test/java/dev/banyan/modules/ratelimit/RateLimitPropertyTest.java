package dev.banyan.modules.ratelimit;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class RateLimitPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new RateLimit());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyStateOfAnyBucket() {
    Draw.cases(
        500,
        draw -> {
          long since = 1_800_000_000_123L - draw.number(0, 20_000) + 1_000;
          String state = draw.number(0, 30_000) + ":" + since;
          Map<String, Object> rate =
              Map.of(
                  "per_second",
                  draw.number(1, 50),
                  "burst",
                  draw.number(0, 20),
                  "show",
                  draw.flag());
          TWINS.alike(
              TwinCall.get("/")
                  .tenant(Map.of("rate", rate))
                  .code(
                      Phase.ACCESS,
                      "ngx.shared.rate_limit:set(\"t1|127.0.0.1\", \"" + state + "\")")
                  .call(Phase.ACCESS, "edge.rate_limit", "access"));
        });
  }
}
