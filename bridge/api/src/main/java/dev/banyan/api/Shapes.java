package dev.banyan.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of a decision. It grows effect by effect, and each step is as large as what it adds:
 * most decisions have up to three effects and go on. Where a chain of calls is compiled as a whole,
 * its steps are gone before they were ever objects. What is asked of any decision is asked by its
 * class, each of which the compiler then knows.
 */
final class Shapes {
  private static final Decision.Verdict NEXT = new Decision.Verdict.Next();

  /** Without an effect. */
  static final Decision NONE = new None();

  private Shapes() {}

  /** Immutable: goes on without an effect, and is where most decisions begin. */
  static final class None extends Decision {
    @Override
    Decision with(Effect next) {
      return new One(next);
    }
  }

  /** Immutable: goes on with one effect. */
  static final class One extends Decision {
    private final Effect first;

    One(Effect first) {
      this.first = first;
    }

    @Override
    Decision with(Effect next) {
      return new Few(first, next, null);
    }
  }

  /** Immutable: goes on with two effects or three. */
  static final class Few extends Decision {
    private final Effect first;
    private final Effect second;
    private final @Nullable Effect third;

    Few(Effect first, Effect second, @Nullable Effect third) {
      this.first = first;
      this.second = second;
      this.third = third;
    }

    private int size() {
      return third == null ? 2 : 3;
    }

    private @Nullable Effect held(int position) {
      return position == 0 ? first : position == 1 ? second : third;
    }

    @Override
    Decision with(Effect next) {
      return third == null ? new Few(first, second, next) : new More(this, next, 4);
    }
  }

  /** Immutable: a decision with one effect more. */
  static final class More extends Decision {
    private final Decision before;
    private final Effect last;
    private final int count;

    More(Decision before, Effect last, int count) {
      this.before = before;
      this.last = last;
      this.count = count;
    }
  }

  /** Immutable: a decision with several effects more, up to {@link #MOST}. */
  static final class Several extends Decision {
    /** How many it holds at most. */
    static final int MOST = 5;

    private final Decision before;
    private final Effect first;
    private final @Nullable Effect second;
    private final @Nullable Effect third;
    private final @Nullable Effect fourth;
    private final @Nullable Effect fifth;

    /** How many there are, those before included. */
    private final int count;

    Several(
        Decision before,
        Effect first,
        @Nullable Effect second,
        @Nullable Effect third,
        @Nullable Effect fourth,
        @Nullable Effect fifth,
        int count) {
      this.before = before;
      this.first = first;
      this.second = second;
      this.third = third;
      this.fourth = fourth;
      this.fifth = fifth;
      this.count = count;
    }

    private @Nullable Effect held(int position) {
      return switch (position) {
        case 0 -> first;
        case 1 -> second;
        case 2 -> third;
        case 3 -> fourth;
        default -> fifth;
      };
    }
  }

  /** Immutable: a decision that ends otherwise than the one before, or returns something. */
  static final class Ended extends Decision {
    private final Decision before;
    private final Verdict verdict;
    private final List<@Nullable Object> results;

    Ended(Decision before, Verdict verdict, List<@Nullable Object> results) {
      this.before = before instanceof Ended other ? other.before : before;
      this.verdict = verdict;
      this.results = results;
    }
  }

  /** How the decision ends; null where it goes on and returns nothing. */
  private static @Nullable Ended end(Decision decision) {
    Decision at = decision;
    while (true) {
      if (at instanceof More more) {
        at = more.before;
      } else if (at instanceof Several several) {
        at = several.before;
      } else {
        return at instanceof Ended ended ? ended : null;
      }
    }
  }

  static Decision.Verdict verdict(Decision decision) {
    Ended end = end(decision);
    return end == null ? NEXT : end.verdict;
  }

  static List<@Nullable Object> results(Decision decision) {
    Ended end = end(decision);
    return end == null ? List.of() : end.results;
  }

  static int count(Decision decision) {
    Decision at = decision instanceof Ended ended ? ended.before : decision;
    if (at instanceof None) {
      return 0;
    }
    if (at instanceof One) {
      return 1;
    }
    if (at instanceof Few few) {
      return few.size();
    }
    return at instanceof More more ? more.count : ((Several) at).count;
  }

  static Effect effect(Decision decision, int position) {
    Objects.checkIndex(position, count(decision));
    Decision at = decision;
    while (true) {
      if (at instanceof One one) {
        return one.first;
      }
      if (at instanceof Few few) {
        return Objects.requireNonNull(few.held(position));
      }
      if (at instanceof More more) {
        if (position == more.count - 1) {
          return more.last;
        }
        at = more.before;
      } else if (at instanceof Several several) {
        int from = count(several.before);
        if (position >= from) {
          return Objects.requireNonNull(several.held(position - from));
        }
        at = several.before;
      } else {
        at = ((Ended) at).before;
      }
    }
  }
}
