package dev.banyan.it.origin;

import dev.banyan.it.wire.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an origin answers.
 *
 * @param delay how long it thinks first
 */
record Answer(int status, List<Field> fields, byte[] body, Sending sending, Duration delay) {
  /** How the body goes out. */
  enum Sending {
    /** With its length. */
    SIZED,
    /** In chunks of changing sizes. */
    CHUNKED,
    /** Until the connection is closed. */
    UNTIL_CLOSE,
    /** With its length, but the connection is closed half-way. */
    CUT_OFF,
    /** Not at all: the connection is closed instead of an answer. */
    DROPPED
  }

  Answer {
    fields = List.copyOf(fields);
  }

  static Answer of(int status, String type, byte[] body) {
    return new Answer(
        status, List.of(new Field("Content-Type", type)), body, Sending.SIZED, Duration.ZERO);
  }

  Answer sent(Sending way) {
    return new Answer(status, fields, body, way, delay);
  }

  Answer after(Duration pause) {
    return new Answer(status, fields, body, sending, pause);
  }

  Answer with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Answer(status, more, body, sending, delay);
  }
}
