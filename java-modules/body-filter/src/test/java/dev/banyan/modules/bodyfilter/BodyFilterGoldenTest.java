package dev.banyan.modules.bodyfilter;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Goldens;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyFilterGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    calls.put("html", html("<p>a@b.example or me@exa", "mple.org. x@y", ""));
    calls.put("cut everywhere", html("a", "@", "b.co", "m", " bob@x.c"));
    calls.put("not html", pieces(head("application/json", true), "a@b.example"));
    calls.put("not wanted", pieces(head("text/html", false), "a@b.example"));
    calls.put(
        "packed",
        pieces(head("text/html", true).responseHeader("Content-Encoding", "gzip"), "a@b.example"));
    calls.put(
        "obfuscate",
        TwinCall.get("/")
            .call(Phase.CONTENT, "edge.body_filter", "obfuscate", "x a.b+c@d-e.fr, y@z"));
    try (LuaTwins twins = LuaTwins.of(NOW, new BodyFilter())) {
      Goldens.check(twins, Path.of("src/test/resources/body-filter.golden"), calls);
    }
  }

  private static TwinCall html(String... texts) {
    return pieces(head("text/html; charset=utf-8", true), texts);
  }

  private static TwinCall head(String type, boolean wanted) {
    return TwinCall.get("/")
        .status(200)
        .responseHeader("Content-Type", type)
        .responseHeader("Content-Length", "99")
        .responseHeader("ETag", "\"1\"")
        .tenant(Map.of("features", Map.of("hide_emails", wanted)))
        .call(Phase.HEADER_FILTER, "edge.body_filter", "header_filter");
  }

  private static TwinCall pieces(TwinCall call, String... texts) {
    for (int i = 0; i < texts.length; i++) {
      call.piece("edge.body_filter", texts[i], i == texts.length - 1);
    }
    return call;
  }
}
