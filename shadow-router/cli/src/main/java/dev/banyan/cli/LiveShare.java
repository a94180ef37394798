package dev.banyan.cli;

import dev.banyan.server.inventory.TrafficShare;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads from two answers of the admin API what modules had of the traffic between them. */
final class LiveShare {
  private LiveShare() {}

  /** The modules' shares between two answers of {@code /api/v1/modules}. */
  static Map<String, TrafficShare> between(JsonNode before, JsonNode after, double seconds) {
    Map<String, Totals> earlier = totals(before);
    Map<String, Totals> spent = new LinkedHashMap<>();
    totals(after).forEach((name, now) -> spent.put(name, now.less(earlier.get(name))));
    double micros = spent.values().stream().mapToDouble(Totals::micros).sum();
    Map<String, TrafficShare> shares = new LinkedHashMap<>();
    spent.forEach((name, one) -> {
      double share = micros == 0 ? 0 : one.micros() / micros;
      shares.put(name, new TrafficShare(one.calls() / seconds, share));
    });
    return shares;
  }

  private static Map<String, Totals> totals(JsonNode answer) {
    Map<String, Totals> totals = new LinkedHashMap<>();
    for (JsonNode module : answer.path("modules")) {
      if (module.path("ported").asBoolean(false)) {
        double calls = module.path("luaCalls").asDouble(0) + module.path("javaCalls").asDouble(0);
        double micros = micros(module.path("luaLatency")) + micros(module.path("javaLatency"));
        totals.put(module.path("name").asString(""), new Totals(calls, micros));
      }
    }
    return totals;
  }

  private static double micros(JsonNode latency) {
    return latency.path("count").asDouble(0) * latency.path("meanMicros").asDouble(0);
  }

  /** Since the start. */
  private record Totals(double calls, double micros) {
    /** What came since; a Banyan that was started anew in between counts from zero again. */
    Totals less(@Nullable Totals earlier) {
      return earlier == null || earlier.calls() > calls
          ? this
          : new Totals(calls - earlier.calls(), Math.max(0, micros - earlier.micros()));
    }
  }
}
