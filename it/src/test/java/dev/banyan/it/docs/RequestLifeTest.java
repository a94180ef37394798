package dev.banyan.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Phase;
import dev.banyan.it.edge.LegacyCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/request-life.md} against {@link Phase}. */
final class RequestLifeTest {
  private static final String HEADING = "## ";

  @Test
  void everyPhaseHasAHeadingInTheOrderOfTheEnum() throws IOException {
    List<String> headings =
        document()
            .lines()
            .filter(line -> line.startsWith(HEADING))
            .map(line -> line.substring(HEADING.length()))
            .toList();
    assertThat(headings).isEqualTo(Stream.of(Phase.values()).map(Phase::name).toList());
  }

  @Test
  void theDiagramShowsEveryPhase() throws IOException {
    String diagram = document().split("```", -1)[1];
    assertThat(diagram).contains(Stream.of(Phase.values()).map(Phase::name).toList());
  }

  private static String document() throws IOException {
    Path root = LegacyCopy.source().resolveSibling("docs");
    return Files.readString(root.resolve("request-life.md"));
  }
}
