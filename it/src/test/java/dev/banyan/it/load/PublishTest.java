package dev.banyan.it.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Figures become a table with what was wanted, pictures, and a part of the documentation. */
final class PublishTest {
  @TempDir Path root;

  @BeforeEach
  void page() throws Exception {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(
        root.resolve("docs/performance.md"),
        """
        # Performance
        <!-- figures of saturated -->
        old figures
        <!-- end of figures -->
        between
        <!-- figures of tenants -->
        <!-- end of figures -->
        after
        """);
  }

  private static Shot shot(double cpu, long p99) {
    return new Shot(1_000, 0, 100, cpu, 2_048, p99 / 4, p99, p99 * 3, 0, null, 0, 0);
  }

  private static Map<Contender, List<Shot>> shots() {
    Map<Contender, List<Shot>> shots = new EnumMap<>(Contender.class);
    shots.put(Contender.BARE, List.of(shot(20, 900), shot(40, 1_000), shot(25, 800)));
    shots.put(Contender.NEW, List.of(shot(22, 1_100), shot(60, 1_300), shot(26, 1_000)));
    return shots;
  }

  @Test
  void aRatioIsTheMedianOfTheRoundsAndSaysWhetherItIsAsWanted() {
    assertThat(new LoadReport(shots()).page(""))
        .contains(
            "| Banyan, new path / bare Netty proxy | 1.10 (1.04–1.50) | 1.04 | at most 1.20 | met |")
        .contains("| memory of Banyan, new path, MiB | 2 | | at most 110 | met |");
  }

  @Test
  void picturesAreWellFormedAndNameEveryServerAndFigure() throws Exception {
    String shown = new Pictures(root, "", "report").ofServers("scene", shots());
    assertThat(shown).contains("![scene](report-cpu.svg)").contains("![scene](report-times.svg)");
    for (String file : List.of("report-cpu.svg", "report-times.svg")) {
      String svg = Files.readString(root.resolve(file));
      assertThat(svg).contains("bare Netty proxy", "Banyan, new path").doesNotContain("NaN");
      parse(svg);
    }
    assertThat(Files.readString(root.resolve("report-cpu.svg"))).contains(">25<", ">26<");
  }

  @Test
  void aLineGoesOnWhereAServerWasLeftOut() throws Exception {
    Map<Scene, Map<Contender, List<Shot>>> measured = new LinkedHashMap<>();
    for (int tenants : List.of(10, 1_000, 100_000)) {
      Map<Contender, List<Shot>> shots = shots();
      if (tenants == 1_000) {
        shots.remove(Contender.BARE);
      }
      measured.put(new Scene(Scene.Protocol.H1, 32, 8, 1_024, 0, tenants), shots);
    }
    new Pictures(root, "", "axis").ofAxis("tenants", measured);
    String svg = Files.readString(root.resolve("axis-tenants.svg"));
    assertThat(svg).contains(">100,000<").doesNotContain("NaN");
    assertThat(parse(svg).getElementsByTagName("polyline").getLength()).isEqualTo(2);
  }

  @Test
  void aPartOfTheDocumentationIsReplacedAndNothingElse() throws Exception {
    DocPart.find(root, "saturated").replace("new figures\n");
    assertThat(root.resolve("docs/performance.md"))
        .hasContent(
            """
            # Performance
            <!-- figures of saturated -->

            new figures

            <!-- end of figures -->
            between
            <!-- figures of tenants -->
            <!-- end of figures -->
            after
            """);
  }

  @Test
  void aPartThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> DocPart.find(root, "modules"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--publish \"modules\" is no part of docs/performance.md: expected one of saturated, tenants");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
