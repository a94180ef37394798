package dev.banyan.modules.cachekey;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class CacheKeyPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new CacheKey());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyRequest() {
    Draw.cases(
        500,
        draw -> {
          Map<String, Object> cache =
              Map.of(
                  "by_device",
                  draw.flag(),
                  "by_user",
                  draw.flag(),
                  "ignore_args",
                  List.of("a", "é"));
          TWINS.alike(
              TwinCall.get("/x?" + draw.chars(0, 80, "ab=&&%20+é?~A1"))
                  .header("User-Agent", words(draw))
                  .header("Accept-Encoding", words(draw))
                  .ctx("user", words(draw))
                  .tenant(Map.of("cache", cache))
                  .call(Phase.ACCESS, "edge.cache_key", "access"));
        });
  }

  private static String words(Draw draw) {
    return draw.words(0, 4, "gzip", "br", "Mobile", "iphonex", "android", ",", " ", "é", "x");
  }
}
