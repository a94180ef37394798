package dev.banyan.modules.bot;

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

class BotGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();

    String browser = "Mozilla/5.0 (X11; Linux) Chrome/120";
    List<String> agents =
        List.of("", browser, "curl/8", "sqlmap/1.7", "Googlebot/2.1", "SemrushBot", "thing");
    for (String agent : agents) {
      calls.put("agent " + agent, call(agent, Map.of()));
      calls.put(
          "unwanted " + agent,
          call(agent, Map.of("block_bots", List.of("tool", "impostor", "none"))));
    }
    calls.put(
        "real googlebot", call("Googlebot/2.1", Map.of()).header("X-Forwarded-For", "66.249.1.2"));
    calls.put("classify", TwinCall.get("/").call(Phase.ACCESS, "edge.bot", "classify", "Wget/1.2"));
    calls.put(
        "classify nothing",
        TwinCall.get("/").call(Phase.ACCESS, "edge.bot", "classify", (Object) null));
    try (LuaTwins twins = LuaTwins.of(NOW, new Bot())) {
      Goldens.check(twins, Path.of("src/test/resources/bot.golden"), calls);
    }
  }

  private static TwinCall call(String agent, Map<String, Object> tenant) {
    return TwinCall.get("/")
        .header("User-Agent", agent)
        .tenant(tenant)
        .call(Phase.ACCESS, "edge.bot", "access");
  }
}
