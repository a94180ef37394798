package dev.banyan.modules.transform;

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
class TransformProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Transform());

  @Property(tries = 400)
  void anyWayIn(
      @ForAll("targets") String target,
      @ForAll("addresses") String forwarded,
      @ForAll("headers") Map<String, String> headers) {
    TWINS.alike(
        TwinCall.get(target)
            .header("X-Forwarded-For", forwarded)
            .header("X-Edge-Tier", "forged")
            .header("x-custom", "1")
            .tenant(Map.of("request_headers", headers))
            .call(Phase.REWRITE, "edge.transform", "rewrite"));
  }

  @Property(tries = 400)
  void anyWayOut(
      @ForAll("locations") String location,
      @ForAll("cookies") List<String> cookies,
      @ForAll boolean https,
      @ForAll boolean secure,
      @ForAll("headers") Map<String, String> headers) {
    TwinCall call =
        TwinCall.get("/")
            .status(200)
            .responseHeader("X-Powered-By", "php")
            .responseHeader("Location", location)
            .tenant(
                Map.of(
                    "response_headers",
                    headers,
                    "features",
                    Map.of("force_https", https, "secure_cookies", secure)));
    cookies.forEach(cookie -> call.responseHeader("Set-Cookie", cookie));
    TWINS.alike(call.call(Phase.HEADER_FILTER, "edge.transform", "header_filter"));
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(
            "v1/",
            "v2",
            "/",
            "~bob",
            "assets/",
            "0123abcd/",
            "edge/",
            "?",
            "&",
            "utm_source=1",
            "gclid",
            "x=1",
            "=",
            "_ga",
            "é")
        .list()
        .ofMaxSize(7)
        .map(parts -> "/" + String.join("", parts));
  }

  @Provide
  Arbitrary<String> addresses() {
    return Arbitraries.strings().withChars("123. ,\t").ofMaxLength(20);
  }

  @Provide
  Arbitrary<Map<String, String>> headers() {
    return Arbitraries.maps(
            Arbitraries.of("X-Custom", "X-Account", "x_under", "Server", "ETag"),
            Arbitraries.of("a", "b c", "é"))
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> locations() {
    return Arbitraries.of(
            "http://",
            "HTTP://",
            "origin",
            "1",
            "22",
            ".internal",
            ":80",
            "/",
            "x",
            "origin.internal/")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> cookies() {
    return Arbitraries.of("a=b", ";", " ", "Secure", "secured", "SameSite=None", "samesite")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> String.join("", parts))
        .list()
        .ofMaxSize(3);
  }
}
