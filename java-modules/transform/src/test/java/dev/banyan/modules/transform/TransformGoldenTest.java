package dev.banyan.modules.transform;

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

class TransformGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  private static final Map<String, Object> TENANT =
      Map.of(
          "features", Map.of("force_https", true, "secure_cookies", true),
          "path_rules", List.of(List.of("^/p/(\\d+)$", "/page/$1")),
          "request_headers", Map.of("X-Account", "7", "X-A", "1"),
          "response_headers", Map.of("X-Served-For", "t1"));

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    for (String target :
        List.of(
            "/v1/a?x=1&utm_source=q&&y",
            "/~bob/x",
            "/assets/0123abcd/a.js",
            "/edge/x",
            "/?gclid")) {
      calls.put(target, rewrite(target, Map.of()));
    }
    calls.put("own rules", rewrite("/p/7", TENANT));
    calls.put("way out", filter(TwinCall.get("/").status(200).tenant(TENANT)));
    calls.put("way out, no tenant", filter(TwinCall.get("/").status(200)));
    calls.put(
        "strip",
        TwinCall.get("/").call(Phase.REWRITE, "edge.transform", "strip_tracking", "_ga=1"));
    try (LuaTwins twins = LuaTwins.of(NOW, new Transform())) {
      Goldens.check(twins, Path.of("src/test/resources/transform.golden"), calls);
    }
  }

  private static TwinCall rewrite(String target, Map<String, Object> tenant) {
    return TwinCall.get(target)
        .header("X-Real-Ip", "forged")
        .tenant(tenant)
        .call(Phase.REWRITE, "edge.transform", "rewrite");
  }

  private static TwinCall filter(TwinCall call) {
    return call.responseHeader("X-Powered-By", "php")
        .responseHeader("Location", "http://origin1.internal:80/x")
        .responseHeader("Set-Cookie", "a=b")
        .responseHeader("Set-Cookie", "c=d; secure; SameSite=None")
        .call(Phase.HEADER_FILTER, "edge.transform", "header_filter");
  }
}
