package dev.banyan.router.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModuleParityTest {
  private static final ShadowedCall CALL = call(Map.of());

  private final ModuleParity waf =
      new ModuleParity(
          "edge.waf",
          Clock.systemUTC(),
          new AtomicLong(),
          ParitySettings.of(0.99, 3, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));

  private static ShadowedCall call(Map<String, Object> request) {
    return new ShadowedCall("access", new TreeMap<>(request), Traffic.UNKNOWN);
  }

  private static Observation answer(String decision, Object... results) {
    return new Observation(decision, Arrays.asList(results), Map.of(), null);
  }

  @Test
  void equalAnswersMatch() {
    assertThat(waf.compare(CALL, answer("next", 1.0), answer("next", 1))).isNull();
    assertThat(waf.snapshot().verdicts().matched()).isEqualTo(1);
  }

  @Test
  void aMismatchSaysWhereAndShowsBothAnswers() {
    Observation control =
        new Observation("next", List.of(), Map.of("request-header x-score", "7"), null);
    Observation candidate =
        new Observation(
            "respond 403", List.of("denied"), Map.of("request-header x-score", "8"), null);

    Mismatch mismatch =
        Objects.requireNonNull(waf.compare(call(Map.of("uri", "/a")), control, candidate));

    assertThat(mismatch.differences())
        .containsExactly(
            new Difference("decision", "next", "respond 403"),
            new Difference("effects.request-header x-score", "7", "8"),
            new Difference("results[1]", null, "denied"));
    assertThat(mismatch.control()).containsEntry("decision", "next");
    assertThat(waf.mismatches(10)).containsExactly(mismatch);
  }

  @Test
  void aMismatchIsKeptBeforeItIsCounted() {
    AtomicLong countedAndNotThere = new AtomicLong();
    List<Object> looks =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            if (waf.snapshot().verdicts().mismatched() > waf.clusters().size()) {
              countedAndNotThere.incrementAndGet();
            }
            return "lua's";
          }

          @Override
          public int size() {
            return 1;
          }
        };
    waf.compare(CALL, answer("next", looks), answer("next", List.of("java's")));
    assertThat(countedAndNotThere).hasValue(0);
    assertThat(waf.snapshot().verdicts().mismatched()).isEqualTo(1);
  }

  @Test
  void onlyTheNewestMismatchesAreKept() {
    for (int i = 0; i < 10; i++) {
      waf.compare(CALL, answer("next", i), answer("next", -1));
    }
    assertThat(waf.mismatches(10)).extracting(Mismatch::id).containsExactly(10L, 9L, 8L);
    assertThat(waf.snapshot().verdicts().mismatched()).isEqualTo(10);
  }

  @Test
  void secretsAreGoneBeforeASampleIsKept() {
    String token = "Bearer abc.def";
    Observation control =
        new Observation(
            "next",
            List.of("user=ann&token=t0ps3cret"),
            Map.of("request-header cookie", token),
            null);
    waf.compare(call(Map.of("authorization", token)), control, answer("next"));

    assertThat(waf.mismatches(1).toString())
        .doesNotContain("abc.def")
        .doesNotContain("t0ps3cret")
        .contains("user=ann");
  }

  @Test
  void aBrokenCandidateCountsAgainstParityAndAShedOneDoesNot() {
    waf.compare(CALL, answer("next"), answer("next"));
    waf.broke(CALL, answer("next"), "threw StackOverflowError");
    waf.skipped("shed");

    ParitySnapshot snapshot = waf.snapshot();
    assertThat(snapshot.verdicts().parity()).isEqualTo(0.5);
    assertThat(snapshot.skips()).containsEntry("shed", 1L);
  }

  @Test
  void fewSamplesAreNotMuchEvidence() {
    assertThat(Wilson.lowerBound(3, 3)).isBetween(0.43, 0.45);
    assertThat(Wilson.lowerBound(1_000_000, 1_000_000)).isGreaterThan(0.99999);
    assertThat(Wilson.lowerBound(0, 0)).isZero();
  }

  @Test
  void endlessReasonsAreBounded() {
    for (int i = 0; i < 1000; i++) {
      waf.fellBack("reason " + i);
    }
    assertThat(waf.snapshot().fallbacks()).hasSize(ReasonCounts.MAX_REASONS + 1);
    assertThat(waf.snapshot().fallbackTotal()).isEqualTo(1000);
  }

  @Test
  void latenciesOfBothSidesAreApart() {
    waf.luaAnswered(1_000_000);
    waf.javaAnswered(10_000);
    waf.candidateRan(10_000);
    assertThat(waf.snapshot().luaLatency().p50()).isBetween(990.0, 1010.0);
    assertThat(waf.snapshot().javaLatency().count()).isEqualTo(2);
    assertThat(waf.snapshot().javaShare()).isEqualTo(0.5);
  }
}
