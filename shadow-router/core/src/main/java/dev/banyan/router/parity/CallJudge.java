package dev.banyan.router.parity;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: tells the cause of a difference, as the shadow tells it. */
public final class CallJudge {
  private final RuleBook rules;
  private final Redactor redactor;
  private final LocalDate today;

  /**
   * A judge of a module's calls.
   *
   * @param rules the module's known differences
   * @param today the day whose rules count
   */
  public CallJudge(List<ParityRule> rules, Redactor redactor, LocalDate today) {
    this.rules = new RuleBook(rules);
    this.redactor = redactor;
    this.today = today;
  }

  /** The differences that no rule hides, redacted, and what they have in common with others. */
  public record Judgement(Shape shape, List<Difference> differences) {
    /** Copies the differences. */
    public Judgement {
      differences = List.copyOf(differences);
    }
  }

  /** How two answers differ; null when they don't, or rules hide all of it. */
  public @Nullable Judgement judge(String function, Answer control, Answer candidate) {
    List<Difference> found =
        Comparer.compare(control, candidate, rules.inForce(function, today)).differences();
    return found.isEmpty()
        ? null
        : new Judgement(Shape.of(function, found, redactor), redactor.redact(found));
  }
}
