package dev.banyan.cli.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The text of a port that is not written yet. */
final class PortSourceTest {
  @Test
  void aModuleThatMakesTimersGetsAMethodForThem() {
    String learned =
        """
        {"functions": {"log": {"phases": ["LOG"], "handler": true,
          "writes": {"timer": {"types": {"string": 3}}}}}}
        """;
    String text =
        new PortSource(new PortNames("edge.report"), new JsonMapper().readTree(learned)).text();
    assertThat(text)
        .contains("import dev.banyan.api.Timer;", "@Writes(\n    timers = \"later\")\n")
        .contains("  @Timer(\"later\")\n  public void later(boolean premature) {\n");
  }
}
