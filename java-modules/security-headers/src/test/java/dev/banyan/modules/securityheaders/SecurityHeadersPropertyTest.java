package dev.banyan.modules.securityheaders;

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
class SecurityHeadersPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new SecurityHeaders());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  private static final List<String> NAMES =
      List.of(
          "X-Content-Type-Options",
          "x-frame-options",
          "Referrer-Policy",
          "Strict-Transport-Security",
          "content-security-policy",
          "Cache-Control");

  @Test
  void anyHeadOfAnyTenant() {
    Draw.cases(
        400,
        draw -> {
          TwinCall call =
              TwinCall.get("/")
                  .status(draw.one(List.of(200, 204, 301, 399, 400, 404, 500, 503)))
                  .tenant(
                      Map.of("features", Map.of("force_https", draw.flag()), "csp", policy(draw)));
          draw.list(0, 4, NAMES).forEach(name -> call.responseHeader(name, "kept"));
          TWINS.alike(call.call(Phase.HEADER_FILTER, "edge.security_headers", "header_filter"));
        });
  }

  private static Map<String, List<String>> policy(Draw draw) {
    List<String> sources = draw.list(1, 3, List.of("'self'", "*", "cdn.example.com"));
    return draw.map(
        5,
        List.of("default-src", "script-src", "style-src", "img-src", "frame-ancestors", "x"),
        List.of(sources, List.of("'none'")));
  }
}
