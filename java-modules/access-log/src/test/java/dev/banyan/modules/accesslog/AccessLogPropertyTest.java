package dev.banyan.modules.accesslog;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class AccessLogPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new AccessLog());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyRequestsLineAndCounts() {
    Draw.cases(
        500,
        draw -> {
          String user = draw.octets(12);
          int status = draw.number(100, 999);
          TWINS.alike(
              TwinCall.get("/" + user)
                  .header("User-Agent", draw.octets(12))
                  .ctx("user", user)
                  .ctx("blocked_by", "b" + draw.octets(12))
                  .variable("body_bytes_sent", Integer.toString(status * 31))
                  .status(status)
                  .call(Phase.LOG, "edge.access_log", "line")
                  .call(Phase.LOG, "edge.access_log", "log"));
        });
  }
}
