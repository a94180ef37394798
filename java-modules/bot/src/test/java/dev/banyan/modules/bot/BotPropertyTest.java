package dev.banyan.modules.bot;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class BotPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Bot());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyAgentFromAnywhere() {
    Draw.cases(
        500,
        draw ->
            TWINS.alike(
                TwinCall.get("/")
                    .header("User-Agent", agent(draw))
                    .header(
                        "X-Forwarded-For",
                        draw.words(0, 6, "66.249.", "40.77.", "1", ".2", ",", " ", "\t"))
                    .tenant(Map.of("block_bots", unwanted(draw)))
                    .call(Phase.ACCESS, "edge.bot", "access")));
  }

  /** Which of two networks' names in one agent counts is left to the order of a Lua table. */
  private static String agent(Draw draw) {
    String agent;
    do {
      agent =
          draw.words(
              0,
              3,
              "Mozilla/5.0 ",
              "mozilla/4.x ",
              "Mozilla/",
              "Chrome",
              "safari/",
              "Googlebot",
              "BINGBOT",
              "curl/",
              "sqlmap",
              "dotbot",
              "dotbotbot",
              "PingDom",
              "java/17",
              "\n",
              "é",
              "yandexbot/3");
    } while (networks(agent) > 1);
    return agent;
  }

  private static long networks(String agent) {
    String lower = agent.toLowerCase(Locale.ROOT);
    return List.of("googlebot", "bingbot", "yandexbot").stream().filter(lower::contains).count();
  }

  private static List<String> unwanted(Draw draw) {
    return draw.list(
        0, 4, List.of("bad", "tool", "good", "browser", "unknown", "none", "impostor"));
  }
}
