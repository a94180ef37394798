package dev.banyan.modules.securityheaders;

import dev.banyan.api.Phase;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any input: the port leaves behind what Lua leaves behind. */
class SecurityHeadersProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new SecurityHeaders());

  private static final List<String> NAMES =
      List.of(
          "X-Content-Type-Options",
          "x-frame-options",
          "Referrer-Policy",
          "Strict-Transport-Security",
          "content-security-policy",
          "Cache-Control");

  @Property(tries = 400)
  void anyHeadOfAnyTenant(
      @ForAll("present") List<String> present,
      @ForAll("statuses") int status,
      @ForAll boolean https,
      @ForAll("policies") Map<String, List<String>> policy) {
    TwinCall call =
        TwinCall.get("/")
            .status(status)
            .tenant(Map.of("features", Map.of("force_https", https), "csp", policy));
    present.forEach(name -> call.responseHeader(name, "kept"));
    TWINS.alike(call.call(Phase.HEADER_FILTER, "edge.security_headers", "header_filter"));
  }

  @Provide
  Arbitrary<List<String>> present() {
    return Arbitraries.of(NAMES).list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<Integer> statuses() {
    return Arbitraries.of(200, 204, 301, 399, 400, 404, 500, 503);
  }

  @Provide
  Arbitrary<Map<String, List<String>>> policies() {
    Arbitrary<String> names =
        Arbitraries.of("default-src", "script-src", "style-src", "img-src", "frame-ancestors", "x");
    Arbitrary<List<String>> sources =
        Arbitraries.of("\u0027self\u0027", "*", "cdn.example.com").list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.maps(names, sources).ofMinSize(0).ofMaxSize(5);
  }
}
