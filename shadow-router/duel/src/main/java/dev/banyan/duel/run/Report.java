package dev.banyan.duel.run;

import dev.banyan.duel.suite.Flaw;
import dev.banyan.duel.wire.Target;
import java.time.Duration;
import java.util.List;

/**
 * What came of a duel. Immutable.
 *
 * @param results of every case, in the order of their ends
 * @param exceptions the outcomes that aren't equal, at most {@link Duel#KEPT}
 * @param peak how many cases were in flight at most
 * @param requests how many requests were sent, over all targets
 * @param marked requests that the duel's own origins received; 0 without them
 * @param unmarked requests that they received without a mark
 * @param surplus how often a target sent octets that belong to no request
 * @param sentAgain requests that were sent again since a kept connection had been closed
 * @param notAsked cases that were left when the duel was ended early
 * @param flaws what could not be read, so that nothing was asked
 */
public record Report(
    List<Target> targets,
    long seed,
    List<Result> results,
    List<Outcome> exceptions,
    int peak,
    long requests,
    long marked,
    long unmarked,
    long surplus,
    long sentAgain,
    int notAsked,
    List<Flaw> flaws,
    Duration took) {
  /** Copies the lists. */
  public Report {
    targets = List.copyOf(targets);
    results = List.copyOf(results);
    exceptions = List.copyOf(exceptions);
    flaws = List.copyOf(flaws);
  }

  /** The same with what could not be read. */
  public Report withFlaws(List<Flaw> unread) {
    return new Report(
        targets,
        seed,
        results,
        exceptions,
        peak,
        requests,
        marked,
        unmarked,
        surplus,
        sentAgain,
        notAsked,
        unread,
        took);
  }

  /** How many cases have that verdict. */
  public long count(Verdict verdict) {
    return results.stream().filter(r -> r.verdict() == verdict).count();
  }

  /** Cases that aren't equal and that are counted only: more than are kept. */
  public long notKept() {
    return results.size() - count(Verdict.EQUAL) - exceptions.size();
  }

  /** Whether every case that was asked is equal, and no target sent what nobody asked for. */
  public boolean isAlike() {
    return surplus == 0 && count(Verdict.EQUAL) == results.size();
  }

  /** Whether that holds of all that there was to ask. */
  public boolean isClean() {
    return isAlike() && notAsked == 0 && flaws.isEmpty();
  }
}
