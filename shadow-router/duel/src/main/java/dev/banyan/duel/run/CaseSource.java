package dev.banyan.duel.run;

import dev.banyan.duel.suite.Case;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Where cases come from. A duel calls it on one thread only. */
public interface CaseSource {
  /** The next one; empty when there are no more. */
  Optional<Case> next();

  /** How many there are in all. */
  int size();

  /** What came of one. */
  default void seen(Outcome outcome) {}

  /**
   * Asked on the duel's own thread once all that was handed out is answered and there was no next:
   * whether there is one now. May wait, as nothing is in flight.
   */
  default boolean more() {
    return false;
  }

  /** The cases of another until so many weren't equal; those that are being asked still count. */
  static CaseSource untilDiffering(CaseSource source, int most) {
    return new CaseSource() {
      private int differing;

      @Override
      public Optional<Case> next() {
        return differing < most ? source.next() : Optional.empty();
      }

      @Override
      public int size() {
        return source.size();
      }

      @Override
      public void seen(Outcome outcome) {
        differing += outcome.verdict() == Verdict.EQUAL ? 0 : 1;
        source.seen(outcome);
      }

      @Override
      public boolean more() {
        boolean more = source.more();
        return differing < most && more;
      }
    };
  }

  /** These, in an order that the seed decides. */
  static CaseSource shuffled(List<Case> cases, long seed) {
    List<Case> order = new ArrayList<>(cases);
    Collections.shuffle(order, new Random(seed));
    Iterator<Case> rest = order.iterator();
    return new CaseSource() {
      @Override
      public Optional<Case> next() {
        return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
      }

      @Override
      public int size() {
        return order.size();
      }
    };
  }
}
