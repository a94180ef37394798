package dev.banyan.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CompatibilityPageTest {
  private static final Path PAGE = Path.of("../../docs/compatibility.md");
  private static final String COMMAND =
      "mvn -pl shadow-router/server -am test -Dtest=CompatibilityPageTest -Dgolden.update"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void thePageIsWhatTheTablesSay() throws IOException {
    if (System.getProperty("golden.update") != null) {
      Files.writeString(PAGE, CompatibilityPage.text());
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("docs/compatibility.md is stale: run " + COMMAND)
        .isEqualTo(CompatibilityPage.text());
  }
}
