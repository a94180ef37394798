package dev.banyan.it.parity;

import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.wire.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which rules of the WAF matched the requests of a plan, as the legacy's own access log says. */
final class WafRulesLogged {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private WafRulesLogged() {}

  /** The ids of the rules by the id of the request. */
  static Map<String, List<String>> of(Side side, TrafficPlan plan) throws IOException {
    for (Session session : plan.sessions()) {
      try (RawClient client = RawClient.connect(side.address(), PATIENCE)) {
        for (Exchange exchange : session.exchanges()) {
          client.exchange(exchange.bytes(), exchange.method());
        }
      }
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> side.legacy().accessLog().size() >= plan.exchanges());
    Map<String, List<String>> rules = new HashMap<>();
    for (String line : side.legacy().accessLog()) {
      JsonNode entry = new JsonMapper().readTree(line);
      String ids = entry.path("waf_rules").asString("");
      rules.put(entry.path("request_id").asString(), List.of(ids.split(",")));
    }
    return rules;
  }
}
