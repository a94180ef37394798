package dev.banyan.duel.suite;

import java.time.Duration;
import java.util.List;

/**
 * What the duel's own origin answers to a request. Immutable; texts are octet strings.
 *
 * @param fields without framing: {@code Content-Length} and {@code Transfer-Encoding} are added
 * @param delay how long it waits first
 */
public record OriginAnswer(
    int status, String reason, List<Field> fields, String body, Sending sending, Duration delay) {
  /** The longest delay that a suite may ask for. */
  public static final Duration MAX_DELAY = Duration.ofSeconds(60);

  /** What an origin says that was told nothing. */
  public static final OriginAnswer DEFAULT =
      of(200, List.of(new Field("Content-Type", "text/plain")), "an answer of the origin\n");

  /** How an answer goes out. */
  public enum Sending {
    /** With its length. */
    SIZED,
    /** In chunks. */
    CHUNKED,
    /** Until the connection is closed. */
    UNTIL_CLOSE,
    /** With its length, but half of it only; then the connection is closed. */
    CUT,
    /** Not at all: the connection is closed. */
    DROP,
    /** Not at all: the connection stays open. */
    HANG;

    /** The word for it in a suite. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** Copies the fields. */
  public OriginAnswer {
    fields = List.copyOf(fields);
  }

  /** One that is sent at once, with its length. */
  public static OriginAnswer of(int status, List<Field> fields, String body) {
    return new OriginAnswer(status, "", fields, body, Sending.SIZED, Duration.ZERO);
  }

  /** The same, sent in another way. */
  public OriginAnswer sent(Sending way) {
    return new OriginAnswer(status, reason, fields, body, way, delay);
  }
}
