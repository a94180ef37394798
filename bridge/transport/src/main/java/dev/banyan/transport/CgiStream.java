package dev.banyan.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Owned by its connection's loop: what a server answers, octet by octet until it closes. */
class CgiStream {
  /** The most octets of a head. */
  private static final int MAX_HEAD = 64 << 10;

  private final CgiConnection connection;
  private int headLength;
  private boolean closed;

  CgiStream(CgiConnection connection) {
    this.connection = connection;
  }

  /** What is there of the answer without waiting. */
  enum State {
    /** Octets: {@link #there()} of them. */
    SOME,
    /** Nothing: the server is to be read from. */
    NONE,
    END
  }

  /**
   * Looks at what has come.
   *
   * @param owing whether the answer is known to be longer
   */
  State look(boolean owing) {
    return there() > 0 ? State.SOME : State.NONE;
  }

  /** How many octets of the answer are there. */
  int there() {
    return connection.buffered().size();
  }

  /** Takes so many of them. */
  byte[] take(int count) {
    return connection.buffered().take(count);
  }

  /** Whether a server that closes has said all there is to say. */
  boolean endsByClosing() {
    return true;
  }

  /** Whether the connection can carry another request. */
  boolean reusable() {
    return false;
  }

  /** From here on it is the body that comes. */
  void headEnds() {
    // an octet is an octet
  }

  final RawSocket.ReadBuffer buffered() {
    return connection.buffered();
  }

  /** Whether the server has closed. */
  final boolean hasClosed() {
    return closed;
  }

  /** Waits until there are octets or there is an end. */
  final State await(boolean owing, Duration timeout) {
    State state = look(owing);
    while (state == State.NONE && !closed) {
      closed = !connection.fill(timeout);
      state = look(owing);
    }
    return state == State.NONE ? State.END : state;
  }

  /** The next line of a head, with its end. */
  final String line(CgiHead head, Duration timeout) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (await(false, timeout) == State.END) {
        throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
      }
      int end = buffered().indexOf('\n', 0);
      boolean whole = end >= 0 && end < there();
      byte[] part = take(whole ? end + 1 : there());
      headLength += part.length;
      if (headLength > MAX_HEAD) {
        throw AnswerHead.broken("upstream sent too big header");
      }
      if (whole && line.size() == 0) {
        return new String(part, StandardCharsets.ISO_8859_1);
      }
      line.writeBytes(part);
      String text = line.toString(StandardCharsets.ISO_8859_1);
      if (whole) {
        return text;
      }
      head.check(text);
    }
  }
}
