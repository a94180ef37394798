package dev.banyan.modules.ratelimit;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Goldens;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    calls.put("first", access("1.1.1.1", Map.of("per_second", 10, "burst", 2, "show", true)));
    for (int i = 2; i <= 5; i++) {
      calls.put(
          "request " + i, access("1.1.1.1", Map.of("per_second", 10, "burst", 2, "show", true)));
    }
    calls.put(
        "leaked since",
        state("2.2.2.2", "5000:1799999999123").call(Phase.ACCESS, "edge.rate_limit", "access"));
    calls.put(
        "defaults",
        TwinCall.get("/").tenant(Map.of()).call(Phase.ACCESS, "edge.rate_limit", "access"));
    try (LuaTwins twins = LuaTwins.of(NOW, new RateLimit())) {
      Goldens.check(twins, Path.of("src/test/resources/rate-limit.golden"), calls);
    }
  }

  private static TwinCall access(String client, Map<String, Object> rate) {
    return TwinCall.get("/")
        .header("X-Forwarded-For", client)
        .tenant(Map.of("rate", rate))
        .call(Phase.ACCESS, "edge.rate_limit", "access");
  }

  private static TwinCall state(String client, String state) {
    return TwinCall.get("/")
        .header("X-Forwarded-For", client)
        .tenant(Map.of("rate", Map.of("per_second", 2, "burst", 4, "show", true)))
        .code(Phase.ACCESS, "ngx.shared.rate_limit:set(\"t1|" + client + "\", \"" + state + "\")");
  }
}
