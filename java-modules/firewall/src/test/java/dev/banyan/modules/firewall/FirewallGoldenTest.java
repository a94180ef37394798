package dev.banyan.modules.firewall;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Goldens;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirewallGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    for (String address : List.of("198.51.100.7", "203.0.113.64", "10.1.2.3", "9.9.9.9", "::1")) {
      calls.put("open " + address, access(address, Map.of()));
      calls.put(
          "own lists " + address,
          access(
              address,
              Map.of(
                  "firewall",
                  Map.of(
                      "allow", List.of("10.0.0.0/8", "bad/99"),
                      "deny", List.of("9.9.9.9", "10.0.0.0/8"),
                      "default", "deny"))));
    }
    for (String cidr :
        List.of("10.1.2.3/8", "1.2.3.4", "1.2.3.4/33", "300.1.1.1", "x", "1.2.3.4/0")) {
      calls.put(
          "parse " + cidr,
          TwinCall.get("/").call(Phase.ACCESS, "edge.firewall", "parse_cidr", cidr));
    }
    calls.put(
        "banned",
        TwinCall.get("/")
            .tenant(Map.of())
            .code(Phase.ACCESS, "require(\"edge.firewall\").ban(\"127.0.0.1\", 60)")
            .call(Phase.ACCESS, "edge.firewall", "access"));
    try (LuaTwins twins = LuaTwins.of(NOW, new Firewall())) {
      Goldens.check(twins, Path.of("src/test/resources/firewall.golden"), calls);
    }
  }

  private static TwinCall access(String address, Map<String, Object> tenant) {
    return TwinCall.get("/")
        .header("X-Forwarded-For", "1.1.1.1, " + address)
        .tenant(tenant)
        .call(Phase.ACCESS, "edge.firewall", "access");
  }
}
