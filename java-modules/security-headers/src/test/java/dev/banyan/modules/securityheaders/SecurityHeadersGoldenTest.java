package dev.banyan.modules.securityheaders;

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

class SecurityHeadersGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    calls.put("no tenant", filter(TwinCall.get("/").status(200)));
    calls.put("plain", filter(TwinCall.get("/").status(200).tenant(Map.of())));
    calls.put(
        "everything",
        filter(
            TwinCall.get("/")
                .status(404)
                .responseHeader("x-frame-options", "DENY")
                .tenant(
                    Map.of(
                        "features", Map.of("force_https", true),
                        "frame_options", "ALLOW",
                        "csp",
                            Map.of(
                                "img-src", List.of("*"),
                                "default-src", List.of("'self'", "cdn"))))));
    try (LuaTwins twins = LuaTwins.of(NOW, new SecurityHeaders())) {
      Goldens.check(twins, Path.of("src/test/resources/security-headers.golden"), calls);
    }
  }

  private static TwinCall filter(TwinCall call) {
    return call.call(Phase.HEADER_FILTER, "edge.security_headers", "header_filter");
  }
}
