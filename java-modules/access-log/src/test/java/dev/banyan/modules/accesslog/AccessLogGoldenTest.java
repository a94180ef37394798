package dev.banyan.modules.accesslog;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Goldens;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessLogGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    calls.put("plain", line(TwinCall.get("/x?y=\"").status(200)));
    calls.put(
        "blocked",
        line(
            TwinCall.get("/")
                .status(403)
                .ctx("blocked_by", "waf")
                .ctx("waf_rules", "101,102")
                .ctx("user", "a\\b")
                .header("User-Agent", "tab\there\u00e9\u007f")
                .variable("waf_score", "12")
                .variable("body_bytes_sent", "1234")));
    calls.put("counted", TwinCall.get("/").status(200).call(Phase.LOG, "edge.access_log", "log"));
    calls.put("counters", TwinCall.get("/").call(Phase.CONTENT, "edge.access_log", "snapshot"));
    try (LuaTwins twins = LuaTwins.of(NOW, new AccessLog())) {
      Goldens.check(twins, Path.of("src/test/resources/access-log.golden"), calls);
    }
  }

  private static TwinCall line(TwinCall call) {
    return call.call(Phase.LOG, "edge.access_log", "line");
  }
}
