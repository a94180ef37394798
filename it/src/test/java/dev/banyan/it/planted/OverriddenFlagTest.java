package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.cli.Banyan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators at the command line, and one flag. */
final class OverriddenFlagTest {
  private static final int REFUSED = 4;

  @TempDir Path folder;

  private record Said(int code, String text) {}

  private Said flag(PlantedEdge edge, String who, String... words) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of("flag", "planted"));
    all.addAll(List.of(words));
    all.addAll(List.of("--why", "because", "--who", who));
    all.addAll(List.of("--config", folder.resolve("banyan.yaml").toString()));
    all.addAll(List.of("--admin", edge.adminUrl()));
    int code =
        Banyan.run(
            new PrintWriter(out, true), new PrintWriter(out, true), all.toArray(String[]::new));
    return new Said(code, out.toString());
  }

  private static String version(Said said) {
    return said.text().replaceAll("(?s).*--seen (\\d+).*", "$1");
  }

  @Test
  void whatSomebodyElseHasJustSetIsOverriddenByThoseOnlyWhoSayThatTheyHaveSeenIt()
      throws IOException {
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      assertThat(flag(edge, "ann", "shadow").code()).isZero();
      Said refused = flag(edge, "bob", "java");
      assertThat(refused.code()).isEqualTo(REFUSED);
      assertThat(refused.text()).contains("planted was changed", "by ann (because)", "--seen");
      Said seen = flag(edge, "bob", "java", "--seen", version(refused));
      assertThat(seen.code()).as(seen.text()).isZero();
      Said late = flag(edge, "ann", "canary", "--percent", "5", "--seen", version(refused));
      assertThat(late.code()).isEqualTo(REFUSED);
      assertThat(late.text()).contains("changed meanwhile", "by bob");
      assertThat(flag(edge, "ann", "canary", "--percent", "5", "--anyway").code()).isZero();
    }
  }

  @Test
  void oneOperatorIsShownWhatIsOverridden() throws IOException {
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      flag(edge, "ann", "shadow");
      Said again = flag(edge, "ann", "java");
      assertThat(again.code()).isZero();
      assertThat(again.text())
          .containsPattern("overrides shadow, set by ann at [-0-9]{10}T[:0-9]{8}Z: because");
    }
  }

  @Test
  void nothingStandsInTheWayOfARollBack() throws IOException {
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      flag(edge, "ann", "java");
      assertThat(flag(edge, "bob", "lua").code()).isZero();
    }
  }
}
