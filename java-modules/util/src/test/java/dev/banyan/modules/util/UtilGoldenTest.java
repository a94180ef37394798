package dev.banyan.modules.util;

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

class UtilGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    for (String text :
        List.of("1.2.3.4", "1.2.3.256", "1.2.3", " a b ", "", "YQ", "a+b", "tab\t\"")) {
      for (String function : List.of("ipv4", "trim", "base64url", "unbase64url", "json_string")) {
        calls.put(
            function + " " + text,
            TwinCall.get("/").call(Phase.CONTENT, "edge.util", function, text));
      }
    }
    for (String id : List.of("abcdefgh-1", "short", "")) {
      calls.put(
          "id " + id,
          TwinCall.get("/x")
              .header("X-Request-Id", id)
              .call(Phase.SET, "edge.util", "request_uid"));
    }
    calls.put(
        "host",
        TwinCall.get("/").variable("host", "A.Example").call(Phase.LOG, "edge.util", "lower_host"));
    calls.put(
        "client",
        TwinCall.get("/")
            .header("X-Forwarded-For", "a, b ")
            .call(Phase.LOG, "edge.util", "client_ip"));
    try (LuaTwins twins = LuaTwins.of(NOW, new Util())) {
      Goldens.check(twins, Path.of("src/test/resources/util.golden"), calls);
    }
  }
}
