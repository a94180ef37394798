package dev.banyan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionTest {
  @Test
  void decisionsThatAreMadeFromOneDoNotSeeEachOthersEffects() {
    Decision base = Decision.next().setVar("a", "1").setCtx("b", "2");
    Decision left = base.setVar("left", "3");
    Decision right = base.setVar("right", "4").responding(403);
    assertThat(base.effects())
        .containsExactly(new Effect.Variable("a", "1"), new Effect.Context("b", "2"));
    assertThat(left.effects()).hasSize(3).endsWith(new Effect.Variable("left", "3"));
    assertThat(right.effects()).hasSize(3).endsWith(new Effect.Variable("right", "4"));
    assertThat(left.verdict()).isEqualTo(new Decision.Verdict.Next());
    assertThat(right.verdict()).isEqualTo(new Decision.Verdict.Respond(403, null));
  }

  @Test
  void manyThreadsMayGoOnFromOneDecision() {
    Decision base = Decision.next().setVar("a", "1");
    assertThat(
            IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(i -> List.of(i, base.setVar("n", "" + i).setVar("m", "" + i).effects()))
                .filter(made ->
                    !made.get(1)
                        .equals(
                            List.of(
                                new Effect.Variable("a", "1"),
                                new Effect.Variable("n", "" + made.get(0)),
                                new Effect.Variable("m", "" + made.get(0))))))
        .isEmpty();
  }

  @Test
  void effectsAreFoundByTheirPositionAlone() {
    Decision two = Decision.next().setVar("a", "1").setStatus(404).returning("x");
    assertThat(two.effectCount()).isEqualTo(2);
    assertThat(two.effect(1)).isEqualTo(new Effect.Status(404));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> two.effect(2));
    assertThat(two).isEqualTo(Decision.next().setVar("a", "1").setStatus(404).returning("x"));
    assertThat(two).isNotEqualTo(Decision.next().setStatus(404).setVar("a", "1").returning("x"));
  }

  @Test
  void manyEffectsStayInTheirOrderWhateverIsMadeOnTheWay() {
    Decision grown = Decision.next();
    for (int i = 0; i < 14; i++) {
      grown = grown.setVar("n", "" + i);
      grown.setVar("n", "another").responding(500);
      grown = grown.returning(i).redirecting("/x", 302);
      assertThat(grown.effects())
          .isEqualTo(
              IntStream.rangeClosed(0, i).mapToObj(n -> new Effect.Variable("n", "" + n)).toList());
    }
    assertThat(grown.results()).containsExactly(13);
    assertThat(grown.verdict()).isEqualTo(new Decision.Verdict.Redirect("/x", 302));
  }

  @Test
  void effectsThatComeTogetherAreThoseThatComeOneByOne() {
    for (int before = 0; before < 12; before++) {
      for (int more = 0; more < 12; more++) {
        Decision together = Decision.next();
        for (int i = 0; i < before; i++) {
          together = together.setVar("n", "" + i);
        }
        Decision oneByOne = together;
        Effect[] effects = new Effect[more];
        for (int i = 0; i < more; i++) {
          effects[i] = new Effect.Context("k", "" + i);
          oneByOne = oneByOne.setCtx("k", "" + i);
        }
        together = together.and(effects).setUri("/x").setArgs("a=1");
        assertThat(together).isEqualTo(oneByOne.setUri("/x").setArgs("a=1"));
        assertThat(together.effectCount()).isEqualTo(before + more + 2);
      }
    }
  }
}
