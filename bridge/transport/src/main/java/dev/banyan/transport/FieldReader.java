package dev.banyan.transport;

/**
 * Not thread-safe: reads header fields octet by octet, with the verdicts of nginx 1.22's reader
 * (RFC 9112, 5).
 */
final class FieldReader {
  /** Where the reader stands. */
  private enum At {
    START,
    NAME,
    BEFORE_VALUE,
    VALUE,
    VALUE_CR,
    END_CR
  }

  private final HeadOctets octets;
  private final int most;
  private At at = At.START;
  private int start;
  private int valueStart;
  private int valueEnd;

  /**
   * @param most how many lines a head may have
   */
  FieldReader(HeadOctets octets, int most) {
    this.octets = octets;
    this.most = most;
  }

  /** A new head's fields begin. */
  void begin() {
    at = At.START;
  }

  /** Whether a line has begun. */
  boolean inLine() {
    return at != At.START;
  }

  /** Jumps over octets that change nothing where most octets belong; answers where it stopped. */
  int skip(int from, int limit) {
    byte[] raw = octets.raw;
    int i = from;
    if (at == At.VALUE) {
      while (i < limit && (raw[i] > '\r' || raw[i] < 0)) {
        i++;
      }
    } else if (at == At.NAME) {
      while (i < limit && (raw[i] > ' ' || raw[i] < 0) && raw[i] != ':' && raw[i] != 127) {
        i++;
      }
    }
    return i;
  }

  /** Takes the octet {@code c}, which stands at {@code i}. */
  void octet(int c, int i) {
    switch (at) {
      case START -> fieldStarts(c, i);
      case NAME -> name(c, i);
      case BEFORE_VALUE -> {
        if (c != ' ') {
          valueStart = i;
          at = At.VALUE;
          value(c, i);
        }
      }
      case VALUE -> value(c, i);
      case VALUE_CR -> {
        if (c == '\n') {
          at = At.START;
          takeField();
        } else if (c != '\r') {
          octets.invalid();
        }
      }
      case END_CR -> {
        if (c == '\n') {
          complete();
        } else {
          octets.invalid();
        }
      }
    }
  }

  private void fieldStarts(int c, int i) {
    octets.line = i;
    if (c == '\r') {
      at = At.END_CR;
    } else if (c == '\n') {
      complete();
    } else if (c <= ' ' || c == 127 || c == ':') {
      octets.invalid();
    } else {
      at = At.NAME;
    }
  }

  private void name(int c, int i) {
    if (c > ' ' && c != ':' && c != 127) {
      return;
    }
    start = i;
    valueStart = i;
    switch (c) {
      case ':' -> at = At.BEFORE_VALUE;
      case '\r', '\n' -> value(c, i); // a name alone is a field without a value
      default -> octets.invalid();
    }
  }

  private void value(int c, int i) {
    switch (c) {
      case '\r' -> {
        valueEnd = i;
        at = At.VALUE_CR;
      }
      case '\n' -> {
        valueEnd = i;
        at = At.START;
        takeField();
      }
      case 0 -> octets.invalid();
      default -> {
        // part of the value
      }
    }
  }

  private void takeField() {
    if (octets.head.headers.size() >= most) {
      octets.refuse(new BadRequest(494, "client sent too many header lines"));
      return;
    }
    int end = valueEnd;
    while (end > valueStart && octets.raw[end - 1] == ' ') {
      end--;
    }
    BadRequest bad =
        octets.head.field(octets.text(octets.line, start), octets.text(valueStart, end));
    if (bad != null) {
      octets.refuse(bad);
    }
  }

  private void complete() {
    BadRequest bad = octets.head.complete();
    if (bad != null) {
      octets.head.bad = octets.during(bad);
    }
    octets.done = true;
  }
}
