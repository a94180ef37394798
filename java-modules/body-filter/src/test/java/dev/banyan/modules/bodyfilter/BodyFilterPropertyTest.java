package dev.banyan.modules.bodyfilter;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class BodyFilterPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new BodyFilter());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyTextCutAnywhere() {
    Draw.cases(
        500,
        draw -> {
          String text = text(draw);
          TWINS.alike(
              TwinCall.get("/")
                  .status(200)
                  .responseHeader("Content-Type", "text/html")
                  .responseHeader("Content-Length", "7")
                  .tenant(Map.of("features", Map.of("hide_emails", true)))
                  .call(Phase.HEADER_FILTER, "edge.body_filter", "header_filter")
                  .piece("edge.body_filter", text, false)
                  .piece("edge.body_filter", text(draw), false)
                  .piece("edge.body_filter", text, true));
        });
  }

  @Test
  void anyText() {
    Draw.cases(
        1_000,
        draw ->
            TWINS.alike(
                TwinCall.get("/")
                    .call(Phase.CONTENT, "edge.body_filter", "obfuscate", text(draw))));
  }

  private static String text(Draw draw) {
    return draw.words(
        0, 20, "a", "Bob", "@", "@", ".", ".", "-", "_", "%", "+", " ", "<", "com", "example", "9",
        "é", "\n");
  }
}
