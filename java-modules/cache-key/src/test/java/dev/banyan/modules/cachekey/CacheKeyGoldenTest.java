package dev.banyan.modules.cachekey;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Goldens;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheKeyGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    calls.put("plain", access(TwinCall.get("/x?b=2&a=1&a=0&c")));
    calls.put("head", access(TwinCall.get("/x").method("HEAD")));
    calls.put(
        "device and user",
        access(
            TwinCall.get("/x?session=1&z=%20+")
                .header("User-Agent", "An iPhone")
                .header("Accept-Encoding", "gzip, br")
                .ctx("user", "bob")));
    calls.put(
        "build", TwinCall.get("/x").tenant(Map.of()).call(Phase.ACCESS, "edge.cache_key", "build"));
    try (LuaTwins twins = LuaTwins.of(NOW, new CacheKey())) {
      Goldens.check(twins, Path.of("src/test/resources/cache-key.golden"), calls);
    }
  }

  private static TwinCall access(TwinCall call) {
    Map<String, Object> cache =
        Map.of("by_device", true, "by_user", true, "ignore_args", List.of("session"));
    return call.tenant(Map.of("cache", cache)).call(Phase.ACCESS, "edge.cache_key", "access");
  }
}
