package dev.banyan.lua;

import java.util.Comparator;

/**
 * Immutable, for any thread: one of the two ways on from a conditional jump of a Lua file, as
 * {@code if}, {@code while}, {@code for}, {@code and}, {@code or} and comparisons are compiled to.
 *
 * @param line where it stands
 * @param index tells it from others of its file, in the order of the code
 * @param kind what is asked
 * @param subject what it is asked of, such as {@code field mode}; empty when it has no name
 * @param holds whether this is the way on when it holds
 */
public record BranchOutcome(int line, int index, Kind kind, String subject, boolean holds)
    implements Comparable<BranchOutcome> {
  private static final Comparator<BranchOutcome> ORDER =
      Comparator.comparingInt(BranchOutcome::line)
          .thenComparingInt(BranchOutcome::index)
          .thenComparing(BranchOutcome::holds);

  /** What a conditional jump asks. */
  public enum Kind {
    /** Whether a value is neither nil nor false. */
    TRUTH,
    /** Whether two values are equal or in order. */
    COMPARISON,
    /** Whether a {@code for} goes round once more. */
    LOOP
  }

  /** Says that it was never seen, such as {@code "field mode" is never nil or false}. */
  public String never() {
    return switch (kind) {
      case TRUTH ->
          named("a value") + (holds ? " is always nil or false" : " is never nil or false");
      case COMPARISON -> named("a comparison") + (holds ? " never holds" : " always holds");
      case LOOP -> holds ? "the loop never goes round" : "the loop never comes to its end";
    };
  }

  /** Says what a call must bring so that it is seen. */
  public String wanted() {
    return switch (kind) {
      case TRUTH -> named("the value") + (holds ? " neither nil nor false" : " nil or false");
      case COMPARISON -> named("the comparison") + (holds ? " holding" : " not holding");
      case LOOP -> holds ? "something for the loop to go round" : "a loop that comes to its end";
    };
  }

  private String named(String otherwise) {
    return subject.isEmpty() ? otherwise : subject;
  }

  @Override
  public int compareTo(BranchOutcome other) {
    return ORDER.compare(this, other);
  }
}
