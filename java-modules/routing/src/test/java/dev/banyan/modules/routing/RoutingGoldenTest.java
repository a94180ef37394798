package dev.banyan.modules.routing;

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

class RoutingGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    for (String client : List.of("1.1.1.1", "2.2.2.2", "3.3.3.3", "4.4.4.4")) {
      calls.put("client " + client, route(client, Map.of()));
      calls.put("premium " + client, route(client, Map.of("upstream", "premium")));
    }
    calls.put("unknown group", route("5.5.5.5", Map.of("upstream", "nowhere")));
    calls.put(
        "by path",
        route("5.5.5.5", Map.of("routes", List.of(Map.of("prefix", "/a", "upstream", "flaky")))));
    calls.put(
        "sticky",
        route("5.5.5.5", Map.of("features", Map.of("sticky_session", true)))
            .header("Cookie", "session=s1"));
    calls.put(
        "three tries",
        route("6.6.6.6", Map.of())
            .call(Phase.BALANCER, "edge.routing", "balance")
            .call(Phase.BALANCER, "edge.routing", "balance")
            .call(Phase.BALANCER, "edge.routing", "balance"));
    try (LuaTwins twins = LuaTwins.of(NOW, new Routing())) {
      Goldens.check(twins, Path.of("src/test/resources/routing.golden"), calls);
    }
  }

  private static TwinCall route(String client, Map<String, Object> tenant) {
    return TwinCall.get("/a/b")
        .header("X-Forwarded-For", client)
        .tenant(tenant)
        .call(Phase.ACCESS, "edge.routing", "access");
  }
}
