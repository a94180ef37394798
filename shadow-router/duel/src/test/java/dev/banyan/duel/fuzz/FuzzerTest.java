package dev.banyan.duel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import dev.banyan.duel.suite.SuiteReader;
import dev.banyan.duel.suite.SuiteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FuzzerTest {
  private static final Case ONE =
      Case.of(
          "plain",
          "one",
          new Step(
              Request.of("GET", "/a/b?x=1&y=2", "example.org").with("Accept", "text/html"),
              OriginAnswer.DEFAULT),
          "test");

  private static List<Case> mutants(long seed) {
    Fuzzer fuzzer = new Fuzzer(List.of(ONE), 2_000, seed);
    List<Case> mutants = new ArrayList<>();
    for (Optional<Case> next = fuzzer.next(); next.isPresent(); next = fuzzer.next()) {
      mutants.add(next.get());
    }
    return mutants;
  }

  @Test
  void mutantsVaryAndAreTheSameForOneSeed() {
    List<Case> mutants = mutants(3);
    assertThat(mutants).hasSize(2_000).isEqualTo(mutants(3)).isNotEqualTo(mutants(4));
    assertThat(mutants.stream().map(Case::steps).distinct()).hasSizeGreaterThan(1_000);
  }

  @Test
  void everyMutantCanBeSavedAndSendsOneRequestOnly() {
    for (Case mutant : mutants(5)) {
      assertThat(SuiteReader.parse("m", SuiteWriter.text(List.of(mutant))).getFirst().steps())
          .isEqualTo(mutant.steps());
      Request request = mutant.steps().getFirst().request();
      assertThat(request.target()).matches("/[!-~]*");
      assertThat(request.fields()).noneMatch(f -> f.value().matches("(?s).*[\\r\\n\\x00].*"));
      assertThat(request.value("Host")).isPresent();
    }
  }
}
