package dev.banyan.transport;

import java.nio.charset.StandardCharsets;

/** Owned by its connection's loop: what a FastCGI server answers, out of its records. */
final class FastCgiStream extends CgiStream {
  /** What each octet of a record's head must be, as far as it must be anything. */
  private static final int VERSION = 1;

  private static final int REQUEST = 1;

  private final CgiWire.FastCgi wire;
  private final CgiWire.Listener listener;
  private boolean inHead = true;
  private boolean inRecord;
  private boolean ended;
  private int type;
  private int left;
  private int padding;

  FastCgiStream(CgiConnection connection, CgiWire.FastCgi wire, CgiWire.Listener listener) {
    super(connection);
    this.wire = wire;
    this.listener = listener;
  }

  @Override
  void headEnds() {
    inHead = false;
  }

  @Override
  State look(boolean owing) {
    while (!ended) {
      if (!inRecord) {
        if (!begin()) {
          return State.NONE;
        }
        begun(owing);
        continue;
      }
      if (left > 0 && buffered().size() == 0) {
        return State.NONE;
      }
      if (left > 0 && type == FastCgiRecord.STDOUT) {
        return State.SOME;
      }
      if (left > 0) {
        beside();
      } else if (!end()) {
        return State.NONE;
      }
    }
    return State.END;
  }

  /** Takes the head of a record; false while it isn't there. */
  private boolean begin() {
    RawSocket.ReadBuffer in = buffered();
    int there = in.size();
    check(there > 0 && in.at(0) != VERSION, "unsupported FastCGI protocol version: ", 0);
    check(there > 1 && !known(in.at(1)), "invalid FastCGI record type: ", 1);
    check(there > 2 && in.at(2) != 0, "unexpected FastCGI request id high byte: ", 2);
    check(there > 3 && in.at(3) != REQUEST, "unexpected FastCGI request id low byte: ", 3);
    if (there < FastCgiRecord.HEAD) {
      return false;
    }
    type = in.at(1);
    left = (in.at(4) << 8) | in.at(5);
    padding = in.at(6);
    in.take(FastCgiRecord.HEAD);
    inRecord = true;
    return true;
  }

  private void check(boolean wrong, String what, int at) {
    if (wrong) {
      throw AnswerHead.broken("upstream sent " + what + buffered().at(at));
    }
  }

  private static boolean known(int type) {
    return type == FastCgiRecord.STDOUT
        || type == FastCgiRecord.STDERR
        || type == FastCgiRecord.END_REQUEST;
  }

  /** A record has begun, which may be the last of interest. */
  private void begun(boolean owing) {
    boolean outputEnds = type == FastCgiRecord.STDOUT && left == 0;
    boolean requestEnds = type == FastCgiRecord.END_REQUEST;
    if (inHead) {
      if (requestEnds) {
        throw AnswerHead.broken("upstream sent unexpected FastCGI record: " + type);
      }
      if (outputEnds) {
        throw AnswerHead.broken("upstream prematurely closed FastCGI stdout");
      }
      return;
    }
    if (outputEnds && owing && wire.early()) {
      throw tooEarly("upstream prematurely closed FastCGI stdout");
    }
    if (requestEnds && owing) {
      throw tooEarly("upstream prematurely closed FastCGI request");
    }
    ended = (outputEnds || requestEnds) && wire.early() && !wire.keeps();
  }

  private static TransportException tooEarly(String what) {
    return new TransportException(TransportException.Kind.CLOSED, false, what, null);
  }

  /** Takes what is there of a record that isn't output. */
  private void beside() {
    byte[] octets = buffered().take(Math.min(left, buffered().size()));
    left -= octets.length;
    if (type == FastCgiRecord.STDERR && listener.complaint(text(octets), inHead)) {
      throw AnswerHead.broken(""); // the complaint has been logged
    }
  }

  /** A complaint without the ends of its lines, of which the first octet stays in any case. */
  private static String text(byte[] octets) {
    int end = octets.length;
    while (end > 1 && "\n\r. ".indexOf(octets[end - 1]) >= 0) {
      end--;
    }
    return new String(octets, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** Skips the padding of a record whose content is through; false while it isn't all there. */
  private boolean end() {
    int skipped = Math.min(padding, buffered().size());
    buffered().take(skipped);
    padding -= skipped;
    if (padding > 0) {
      return false;
    }
    inRecord = false;
    ended = type == FastCgiRecord.END_REQUEST;
    return true;
  }

  @Override
  int there() {
    return Math.min(left, buffered().size());
  }

  @Override
  byte[] take(int count) {
    left -= count;
    return buffered().take(count);
  }

  @Override
  boolean endsByClosing() {
    return !wire.keeps() || !wire.early();
  }

  @Override
  boolean reusable() {
    return wire.keeps()
        && ended
        && !inRecord
        && type == FastCgiRecord.END_REQUEST
        && buffered().size() == 0;
  }
}
