package dev.banyan.duel.origin;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.wire.Body;
import java.util.List;

/**
 * A request as an origin received it. Immutable.
 *
 * @param origin which origin: its place among the duel's, from 1
 * @param line the request line
 * @param fields in their order, without the duel's own mark
 */
public record Received(int origin, String line, List<Field> fields, Body body) {
  /** Copies the fields. */
  public Received {
    fields = List.copyOf(fields);
  }

  /** Whether it is the same request, whichever origin got it. */
  boolean repeats(Received other) {
    return origin == other.origin && line.equals(other.line);
  }
}
