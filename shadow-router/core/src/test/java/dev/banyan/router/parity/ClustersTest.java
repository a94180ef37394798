package dev.banyan.router.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClustersTest {
  private final Steps clock = new Steps();
  private final ModuleParity waf =
      new ModuleParity(
          "edge.waf",
          clock,
          new AtomicLong(),
          ParitySettings.of(0.99, 3, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));

  /** A second later at each look. */
  private static final class Steps extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      now = now.plus(Duration.ofSeconds(1));
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Observation answer(String decision, Object... results) {
    return new Observation(decision, Arrays.asList(results), Map.of(), null);
  }

  private void differ(String tier, Observation control, Observation candidate) {
    Traffic traffic = new Traffic(tier, "/", "GET", 0);
    waf.compare(new ShadowedCall("access", Map.of("uri", "/" + tier), traffic), control, candidate);
  }

  @Test
  void aRedirectToAnotherPlaceIsToldAsSuch() {
    differ(
        "free",
        answer("Redirect[status=301, location=/a]"),
        answer("Redirect[status=301, location=/b]"));
    assertThat(waf.clusters().getFirst().shape().text())
        .contains("decision, redirect 301 → redirect 301 elsewhere");
  }

  @Test
  void mismatchesOfOneCauseAreOneClusterWithItsTimesClassesAndNewestExample() {
    differ("free", answer("next", List.of("a", "b")), answer("next", List.of("a", "B")));
    differ("gold", answer("next", List.of("c", "d")), answer("next", List.of("C", "d")));
    differ("gold", answer("Exit[status=403]"), answer("next"));

    List<Cluster> clusters = waf.clusters();
    assertThat(clusters).hasSize(2);
    Cluster cases = clusters.getFirst();
    assertThat(cases.shape().text()).isEqualTo("access: results[*][*], upper and lower case");
    assertThat(cases.count()).isEqualTo(2);
    assertThat(cases.first()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(cases.last()).isEqualTo(Instant.ofEpochSecond(2));
    assertThat(cases.classes())
        .containsExactly("access · free · GET / · next", "access · gold · GET / · next");
    assertThat(cases.example().request()).containsEntry("uri", "/gold");
    assertThat(clusters.get(1).shape().text()).isEqualTo("access: decision, exit 403 → next");
  }

  @ParameterizedTest
  @CsvSource({
    "a, A, upper and lower case",
    "'a b', ab, white space",
    "abc, abcd, one is longer",
    "abc, xyz, another value",
    "abc, , only Lua has it",
    ", abc, only Java has it",
  })
  void theWayInWhichTextsDifferIsTold(String lua, String java, String kind) {
    assertThat(DifferenceKind.of(new Difference("x", lua, java)).label()).isEqualTo(kind);
  }

  @Test
  void theWayInWhichOtherValuesDifferIsTold() {
    assertThat(DifferenceKind.of(new Difference("x", 1.0, 2))).isEqualTo(DifferenceKind.NUMBER);
    assertThat(DifferenceKind.of(new Difference("x", 1.0, "1"))).isEqualTo(DifferenceKind.TYPE);
    assertThat(DifferenceKind.of(new Difference("x", List.of(), Map.of())))
        .isEqualTo(DifferenceKind.TYPE);
    assertThat(DifferenceKind.of(new Difference("x", true, false))).isEqualTo(DifferenceKind.VALUE);
  }

  @Test
  void keysThatLookLikeIdsAreOneShape() {
    for (int i = 0; i < 50; i++) {
      differ(
          "free",
          answer("next", Map.of("" + i, 1, "user-0000" + (1000 + i), 1)),
          answer("next", Map.of("" + i, 2, "user-0000" + (1000 + i), 2)));
    }
    assertThat(waf.clusters()).hasSize(1);
    assertThat(waf.clusters().getFirst().shape().parts())
        .extracting(Shape.Part::place)
        .containsExactly("results[*].*", "results[*].user-*");
  }

  @Test
  void theFirstClustersStayAndTheFloodIsCounted() {
    for (int i = 0; i < 1_000; i++) {
      String key = "k" + Integer.toString(i, 36) + "x";
      differ("free", answer("next", Map.of(key, 1)), answer("next", Map.of(key, 2)));
    }
    assertThat(waf.clusters()).hasSize(ClusterBook.MAX_CLUSTERS);
    assertThat(waf.overflowedClusters()).isEqualTo(1_000 - ClusterBook.MAX_CLUSTERS);
    assertThat(waf.snapshot().verdicts().mismatched()).isEqualTo(1_000);
  }

  @Test
  void aShapeHasTheSameIdInEveryProcess() {
    Shape shape = new Shape("access", List.of(new Shape.Part("decision", "exit 403 → next")));
    assertThat(shape.id()).isEqualTo("c67bc194").hasSize(8);
  }
}
