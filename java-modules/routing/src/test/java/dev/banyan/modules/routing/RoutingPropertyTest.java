package dev.banyan.modules.routing;

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
class RoutingPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Routing());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  private static final List<String> GROUPS = List.of("default", "premium", "flaky", "absent");

  @Test
  void anyClientOfAnyTenant() {
    Draw.cases(500, draw -> TWINS.alike(call(draw)));
  }

  private static TwinCall call(Draw draw) {
    String client = draw.chars(1, 15, "0123456789.é");
    String group = draw.one(GROUPS);
    return TwinCall.get("/a/b")
        .header("X-Forwarded-For", client)
        .header("Cookie", "session=" + client)
        .tenant(
            Map.of(
                "upstream", group,
                "features", Map.of("sticky_session", draw.flag()),
                "routes",
                    List.of(
                        Map.of("prefix", "/b", "upstream", "flaky"),
                        Map.of("prefix", "/" + group.charAt(0), "upstream", draw.one(GROUPS)))))
        .call(Phase.ACCESS, "edge.routing", "access")
        .call(Phase.BALANCER, "edge.routing", "balance")
        .call(Phase.BALANCER, "edge.routing", "balance");
  }
}
