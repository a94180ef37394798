package dev.banyan.transport;

/**
 * Owned by its connection's loop: finds the end of so many replies of Redis in octets that come in
 * pieces.
 */
final class RedisReplies {
  private static final int MOST_DIGITS = 18;

  private long pending;
  private State state = State.TYPE;
  private char type;
  private boolean negative;
  private int digits;
  private long number;
  private long left;

  /** That so many replies end with. */
  RedisReplies(int count) {
    pending = count;
  }

  private enum State {
    TYPE,
    LINE,
    NUMBER,
    LINE_END,
    VALUE,
    VALUE_CR,
    VALUE_LF
  }

  /** Whether an octet may begin a reply. */
  static boolean begins(int octet) {
    return "+-:$*".indexOf(octet) >= 0;
  }

  /** Whether all replies are whole. */
  boolean done() {
    return pending == 0;
  }

  /** Takes octets; tells how many belong to the replies, or -1 where they are none. */
  int take(byte[] octets) {
    int at = 0;
    while (at < octets.length && pending > 0) {
      if (state == State.VALUE) {
        int count = (int) Math.min(left, octets.length - at);
        left -= count;
        at += count;
        state = left == 0 ? State.VALUE_CR : State.VALUE;
      } else if (!step((char) (octets[at] & 0xff))) {
        return -1;
      } else {
        at++;
      }
    }
    return at;
  }

  private boolean step(char c) {
    switch (state) {
      case TYPE -> {
        type = c;
        negative = false;
        digits = 0;
        number = 0;
        state = c == '$' || c == '*' ? State.NUMBER : State.LINE;
        return begins(c);
      }
      case LINE -> state = c == '\r' ? State.LINE_END : State.LINE;
      case NUMBER -> {
        return number(c);
      }
      case LINE_END -> {
        return endOfLine(c);
      }
      case VALUE_CR -> {
        state = State.VALUE_LF;
        return c == '\r';
      }
      case VALUE_LF -> {
        whole();
        return c == '\n';
      }
      case VALUE -> throw new IllegalStateException("taken at once");
    }
    return true;
  }

  private boolean number(char c) {
    if (c == '\r') {
      state = State.LINE_END;
      return digits > 0;
    }
    if (c == '-' && digits == 0 && !negative) {
      negative = true;
      return true;
    }
    number = number * 10 + c - '0';
    return c >= '0' && c <= '9' && ++digits <= MOST_DIGITS;
  }

  private boolean endOfLine(char c) {
    boolean counted = type == '$' || type == '*';
    if (c != '\n') {
      state = State.LINE; // a carriage return within a line
      return !counted;
    }
    if (!counted || negative) {
      whole();
    } else if (type == '*') {
      pending += number;
      whole();
    } else {
      left = number;
      state = number == 0 ? State.VALUE_CR : State.VALUE;
    }
    return true;
  }

  private void whole() {
    pending--;
    state = State.TYPE;
  }
}
