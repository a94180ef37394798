package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MismatchTextTest {
  private final StringWriter out = new StringWriter();

  private String printed(String lua, String java) {
    JsonMapper json = new JsonMapper();
    var tree = json.createObjectNode();
    tree.put("id", 7).put("when", "2026-01-02T03:04:05Z").put("module", "m").put("function", "f");
    tree.putObject("request").put("request_uri", "/\u001b[2J\u202e\u009b31m");
    tree.putArray("differences")
        .addObject()
        .put("path", "results[1]")
        .put("lua", lua)
        .put("java", java);
    new MismatchText(new Paper(new PrintWriter(out, true))).print(tree);
    return out.toString();
  }

  @Test
  void theDifferingPartIsMarkedUnderBothAnswers() {
    assertThat(printed("hello zoe", "hello ZO e"))
        .contains(
            """
              at results[1]
                lua   "hello zoe"
                java  "hello ZO e"
                             ^^^
            """);
  }

  @Test
  void whatClientsSentCannotSteerTheTerminal() {
    assertThat(printed("a\u001b]0;x\u0007", "b\u2066"))
        .doesNotContain("\u001b", "\u0007", "\u202e", "\u2066", "\u009b")
        .contains("\\u001B[2J", "\\u202e", "\\u009b31m");
  }
}
