package dev.banyan.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.edge.LegacyCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/ports-reference.md} is what the API's source says. */
final class PortsReferenceTest {
  private static final String COMMAND =
      "mvn -pl it -am test -Dtest=PortsReferenceTest -Dgolden.update"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void thePageIsWhatTheSourceSays() throws IOException {
    Path page = LegacyCopy.source().resolveSibling("docs").resolve("ports-reference.md");
    Path bridge = LegacyCopy.source().resolveSibling("bridge");
    String text = PortsReference.text(bridge.resolve("api/src/main/java/dev/banyan/api"));
    if (System.getProperty("golden.update") != null) {
      Files.writeString(page, text);
    }
    assertThat(Files.exists(page) ? Files.readString(page) : "")
        .as("docs/ports-reference.md is stale: run " + COMMAND)
        .isEqualTo(text);
    assertThat(text).contains("| `@Header` |", "| `Dict` |", "| `decline(String reason)` |");
  }
}
