package dev.banyan.lua.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same snippets on real LuaJIT and on Banyan: equal results, equal error messages. */
class DifferentialTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "base",
        "strings",
        "format",
        "tables",
        "arrays",
        "numbers",
        "errors",
        "syntax",
        "coroutines",
        "functions",
        "stdlib"
      })
  void topic_gives_what_luajit_gives(String topic) throws Exception {
    compare(topic, Snippets.ofTopic(topic));
  }

  @Test
  void generated_families_give_what_luajit_gives() throws Exception {
    compare("generated", Snippets.generated());
  }

  private static void compare(String topic, List<String> snippets) throws Exception {
    FutureTask<List<String>> probe = new FutureTask<>(() -> differences(snippets));
    new Thread(null, probe, "probe", 64L << 20).start();
    List<String> differences = probe.get();
    System.out.printf(
        "differential %s: %d snippets, %d differ%n", topic, snippets.size(), differences.size());
    assertThat(differences).isEmpty();
  }

  static List<String> differences(List<String> snippets) {
    List<String> differences = new ArrayList<>();
    try (Prober luajit = new LuaJitProber();
        Prober banyan = new BanyanProber()) {
      for (String snippet : snippets) {
        String expected = luajit.probe(snippet);
        String actual = banyan.probe(snippet);
        if (!expected.equals(actual)) {
          differences.add("\n--- " + snippet + "\nluajit: " + expected + "\nbanyan: " + actual);
        }
      }
    }
    return differences;
  }
}
