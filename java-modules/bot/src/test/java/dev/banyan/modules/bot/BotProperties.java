package dev.banyan.modules.bot;

import dev.banyan.api.Phase;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any input: the port leaves behind what Lua leaves behind. */
class BotProperties {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Bot());

  @Property(tries = 500)
  void anyAgentFromAnywhere(
      @ForAll("agents") String agent,
      @ForAll("addresses") String forwarded,
      @ForAll("unwanted") List<String> unwanted) {
    TWINS.alike(
        TwinCall.get("/")
            .header("User-Agent", agent)
            .header("X-Forwarded-For", forwarded)
            .tenant(Map.of("block_bots", unwanted))
            .call(Phase.ACCESS, "edge.bot", "access"));
  }

  @Provide
  Arbitrary<String> agents() {
    Arbitrary<String> words =
        Arbitraries.of(
            "Mozilla/5.0 ",
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
    return words.list().ofMaxSize(3).map(parts -> String.join("", parts)).filter(oneNetwork());
  }

  /** Which of two names in one agent counts is left to the order of a Lua table. */
  private static java.util.function.Predicate<String> oneNetwork() {
    return agent ->
        List.of("googlebot", "bingbot", "yandexbot").stream()
                .filter(agent.toLowerCase(java.util.Locale.ROOT)::contains)
                .count()
            <= 1;
  }

  @Provide
  Arbitrary<String> addresses() {
    return Arbitraries.of("66.249.", "40.77.", "1", ".2", ",", " ", "\t")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> unwanted() {
    return Arbitraries.of("bad", "tool", "good", "browser", "unknown", "none", "impostor")
        .list()
        .ofMaxSize(4);
  }
}
