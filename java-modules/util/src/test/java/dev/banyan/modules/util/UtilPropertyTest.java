package dev.banyan.modules.util;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class UtilPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Util());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyText() {
    Draw.cases(
        400,
        draw -> {
          String text = text(draw);
          String other = draw.flag() ? text : text(draw);
          TwinCall call = TwinCall.get("/");
          for (String function :
              List.of("ipv4", "trim", "base64url", "unbase64url", "json_string")) {
            call.call(Phase.CONTENT, "edge.util", function, text);
          }
          for (String function : List.of("starts_with", "equal_constant_time")) {
            call.call(Phase.CONTENT, "edge.util", function, text, other);
          }
          TWINS.alike(call);
        });
  }

  @Test
  void anyRequest() {
    Draw.cases(
        400,
        draw -> {
          String id = text(draw);
          TWINS.alike(
              TwinCall.get("/" + id)
                  .header("X-Request-Id", id)
                  .header("X-Forwarded-For", text(draw))
                  .variable("host", text(draw))
                  .call(Phase.SET, "edge.util", "request_uid")
                  .call(Phase.REWRITE, "edge.util", "client_ip")
                  .call(Phase.REWRITE, "edge.util", "lower_host"));
        });
  }

  private static String text(Draw draw) {
    return draw.words(
        0,
        8,
        "a",
        "B",
        "1.2.3.4",
        "255",
        ".",
        " ",
        "\t",
        ",",
        "YWI",
        "_",
        "-",
        "é",
        "\"",
        "abcdefgh");
  }
}
