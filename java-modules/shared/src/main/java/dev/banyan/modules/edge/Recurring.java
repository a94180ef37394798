package dev.banyan.modules.edge;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the answers for texts that come again and again, as user agents do. A text has two
 * places; where both are taken it has the first one's, so that what is kept is bounded and nobody
 * waits for a lock; one that is too long to be kept is worked out each time.
 *
 * @param <T> immutable, or never changed
 */
public final class Recurring<T> {
  private static final int PLACES = 256;
  private static final int LONGEST = 512;

  private final Function<String, T> work;
  private final AtomicReferenceArray<@Nullable Known<T>> places =
      new AtomicReferenceArray<>(PLACES);

  private record Known<T>(String text, T answer) {}

  /** Of what this answers, which depends on the text alone. */
  public Recurring(Function<String, T> work) {
    this.work = work;
  }

  /** The answer for a text. */
  public T of(String text) {
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    Known<T> known = places.get(place);
    if (known != null && known.text().equals(text)) {
      return known.answer();
    }
    int other = (hash >>> 8 ^ hash >>> 24 ^ 1) & (PLACES - 1);
    Known<T> second = places.get(other);
    if (second != null && second.text().equals(text)) {
      return second.answer();
    }
    T answer = work.apply(text);
    if (text.length() <= LONGEST) {
      places.setRelease(known == null || second != null ? place : other, new Known<>(text, answer));
    }
    return answer;
  }
}
