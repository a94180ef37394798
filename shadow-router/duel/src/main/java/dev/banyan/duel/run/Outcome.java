package dev.banyan.duel.run;

import dev.banyan.duel.compare.Difference;
import dev.banyan.duel.compare.Seen;
import dev.banyan.duel.suite.Case;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What came of a case. Immutable.
 *
 * @param seen what each target made of it, in the order of the targets
 * @param differences in which targets aren't like the first one
 * @param note what else there is to say; empty for nothing
 * @param shrunk the smallest case found that differs in the same way; null before that was tried
 */
public record Outcome(
    Case one,
    Verdict verdict,
    List<Seen> seen,
    List<Difference> differences,
    String note,
    @Nullable Case shrunk) {
  /** Copies the lists. */
  public Outcome {
    seen = List.copyOf(seen);
    differences = List.copyOf(differences);
  }

  /** The same with another verdict. */
  Outcome judged(Verdict other, String why) {
    return new Outcome(one, other, seen, differences, why, shrunk);
  }

  /** The same with its smallest case. */
  Outcome shrunkTo(Case small) {
    return new Outcome(one, verdict, seen, differences, note, small);
  }

  /** In what it differs, whatever the values: {@code nginx: status; nginx: body}. */
  public String signature() {
    return String.join("; ", parts());
  }

  private Set<String> parts() {
    TreeSet<String> parts = new TreeSet<>();
    differences.forEach(d -> parts.add(d.target() + ": " + d.where()));
    return parts;
  }

  /** Whether another case differs, and in nothing but what this one differs in. */
  boolean covers(Outcome other) {
    return other.verdict == Verdict.DIFFERS && parts().containsAll(other.parts());
  }

  /** The time of the slowest target in nanoseconds. */
  public long nanos() {
    return seen.stream()
        .mapToLong(s -> s.answers().stream().mapToLong(a -> a.nanos()).sum())
        .max()
        .orElse(0);
  }
}
