package dev.banyan.modules.transform;

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
class TransformPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Transform());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyWayIn() {
    Draw.cases(
        400,
        draw ->
            TWINS.alike(
                TwinCall.get(target(draw))
                    .header("X-Forwarded-For", draw.chars(0, 20, "123. ,\t"))
                    .header("X-Edge-Tier", "forged")
                    .header("x-custom", "1")
                    .tenant(Map.of("request_headers", headers(draw)))
                    .call(Phase.REWRITE, "edge.transform", "rewrite")));
  }

  @Test
  void anyWayOut() {
    Draw.cases(
        400,
        draw -> {
          Map<String, Object> features =
              Map.of("force_https", draw.flag(), "secure_cookies", draw.flag());
          TwinCall call =
              TwinCall.get("/")
                  .status(200)
                  .responseHeader("X-Powered-By", "php")
                  .responseHeader("Location", location(draw))
                  .tenant(Map.of("response_headers", headers(draw), "features", features));
          for (int i = draw.number(0, 3); i > 0; i--) {
            call.responseHeader("Set-Cookie", cookie(draw));
          }
          TWINS.alike(call.call(Phase.HEADER_FILTER, "edge.transform", "header_filter"));
        });
  }

  private static String target(Draw draw) {
    return "/"
        + draw.words(
            0,
            7,
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
            "é");
  }

  private static Map<String, String> headers(Draw draw) {
    return draw.map(
        3,
        List.of("X-Custom", "X-Account", "x_under", "Server", "ETag"),
        List.of("a", "b c", "é", ""));
  }

  private static String location(Draw draw) {
    return draw.words(
        1,
        6,
        "http://",
        "HTTP://",
        "origin",
        "1",
        "22",
        ".internal",
        ":80",
        "/",
        "x",
        "origin.internal/");
  }

  private static String cookie(Draw draw) {
    return draw.words(1, 5, "a=b", ";", " ", "Secure", "secured", "SameSite=None", "samesite");
  }
}
