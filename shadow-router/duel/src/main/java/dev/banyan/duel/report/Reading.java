package dev.banyan.duel.report;

import dev.banyan.duel.compare.Difference;
import dev.banyan.duel.compare.Seen;
import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import dev.banyan.duel.suite.SuiteWriter;
import dev.banyan.duel.wire.Answer;
import dev.banyan.router.parity.Redactor;
import java.util.List;
import java.util.Set;

/** Outcomes as lines that people may read and send on: without secrets, without odd octets. */
final class Reading {
  /** Differences of one case that are shown: a target may make up thousands of fields. */
  static final int SHOWN = 40;

  private final Redactor redactor = Redactor.withFreshKey(Set.of(), Redactor.Bodies.KEPT);

  /** A line of text. */
  String title(String text) {
    return Difference.shown(redactor.text(text));
  }

  /** The requests of a case as a suite shows them. */
  String requests(Case one) {
    StringBuilder out = new StringBuilder();
    for (Step step : one.steps()) {
      out.append(out.isEmpty() ? "" : "\n").append(SuiteWriter.request(clean(step.request())));
    }
    return out.toString();
  }

  private Request clean(Request request) {
    List<Field> fields =
        request.fields().stream()
            .map(field -> new Field(field.name(), text(field.name(), field.value())))
            .toList();
    return request
        .withTarget(text("", request.target()))
        .withFields(fields)
        .withBody(text("", request.body()));
  }

  private String text(String name, String value) {
    return String.valueOf(redactor.redact(name, value)).replace('…', '.');
  }

  /** What one target's answers were, a line each. */
  String answers(Seen seen) {
    StringBuilder out = new StringBuilder();
    for (Answer answer : seen.answers()) {
      out.append(out.isEmpty() ? "" : "\n");
      if (answer.isComplete()) {
        out.append(answer.status()).append(' ').append(title(answer.reason()));
        out.append(", ").append(answer.body().length()).append(" octets");
      } else {
        out.append(answer.ending().words()).append(": ").append(title(answer.detail()));
      }
    }
    return out.toString();
  }

  /** A difference's two sides. */
  Difference clean(Difference difference) {
    String name = difference.where();
    return new Difference(
        difference.target(),
        difference.step(),
        Difference.shown(name),
        text(name, difference.control()),
        text(name, difference.other()));
  }

  /** Everything about an outcome as plain text. */
  String whole(Outcome outcome, String control) {
    StringBuilder out = new StringBuilder();
    List<Difference> differences = outcome.differences();
    for (Difference difference : differences.subList(0, Math.min(SHOWN, differences.size()))) {
      Difference clean = clean(difference);
      out.append("step ").append(clean.step()).append(", ").append(clean.where()).append('\n');
      out.append("  ").append(control).append(": ").append(clean.control()).append('\n');
      out.append("  ").append(clean.target()).append(": ").append(clean.other()).append('\n');
    }
    if (differences.size() > SHOWN) {
      out.append("and ").append(differences.size() - SHOWN).append(" further differences\n");
    }
    if (differences.isEmpty()) {
      outcome
          .seen()
          .forEach(seen ->
              out.append(seen.target().name()).append(": ").append(answers(seen)).append('\n'));
    }
    if (!outcome.note().isEmpty()) {
      out.append("note: ").append(outcome.note()).append('\n');
    }
    Case smallest = outcome.shrunk() == null ? outcome.one() : outcome.shrunk();
    out.append(outcome.shrunk() == null ? "asked:\n" : "the smallest that differs so:\n");
    return out.append(requests(smallest)).toString();
  }
}
