package dev.banyan.modules.firewall;

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
class FirewallPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Firewall());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyAddressAndAnyLists() {
    Draw.cases(
        500,
        draw -> {
          Map<String, Object> firewall =
              Map.of(
                  "allow",
                  ranges(draw),
                  "deny",
                  ranges(draw),
                  "default",
                  draw.flag() ? "deny" : "allow");
          TWINS.alike(
              TwinCall.get("/")
                  .header("X-Forwarded-For", address(draw))
                  .tenant(Map.of("firewall", firewall))
                  .call(Phase.ACCESS, "edge.firewall", "access"));
        });
  }

  @Test
  void anyCidr() {
    Draw.cases(
        300,
        draw ->
            TWINS.alike(
                TwinCall.get("/")
                    .call(
                        Phase.ACCESS,
                        "edge.firewall",
                        "parse_cidr",
                        draw.chars(0, 20, "0123./9x"))));
  }

  private static String address(Draw draw) {
    List<String> parts = List.of("10", "172", "198", "51", "100", "0", "1", "255", "256");
    return String.join(".", draw.list(3, 4, parts));
  }

  /** No two names of one range: which of them is told is left to the sort of Lua. */
  private static List<String> ranges(Draw draw) {
    return draw.distinct(
        5,
        List.of(
            "10.0.0.0/8",
            "10.1.0.0/16",
            "172.0.0.0/6",
            "198.51.100.0/24",
            "1.1.1.1",
            "0.0.0.0/0",
            "10.0.0.1/40",
            "nonsense",
            "255.255.255.255"));
  }
}
