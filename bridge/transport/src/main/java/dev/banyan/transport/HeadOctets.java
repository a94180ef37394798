package dev.banyan.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Not thread-safe: the octets of a head as far as they have come, and what was made of them. */
final class HeadOctets {
  private static final int USUAL = 512;

  byte[] raw = new byte[USUAL];

  /** How many octets of {@link #raw} have come. */
  int filled;

  /** Where the request begins, behind line ends that belong to none. */
  int first;

  /** Where the line begins that is being read. */
  int line;

  RequestHead head = new RequestHead();

  /** Whether the request line is behind us. */
  boolean inFields;

  /** How many octets of a head that was refused count as the request's; -1 for all. */
  private int counted = -1;

  /** Whether the head is complete, or refused. */
  boolean done;

  /** Makes room for so many octets in all. */
  void room(int octets) {
    if (raw.length < octets) {
      raw = Arrays.copyOf(raw, Math.max(octets, raw.length * 2));
    }
  }

  /** The head that was read, its octets the first {@code size}; the next one may begin. */
  RequestHead take(int size, int keep) {
    RequestHead complete = head;
    complete.raw = text(first, size);
    complete.counted = counted < 0 ? complete.raw.length() : counted;
    counted = -1;
    head = new RequestHead();
    done = false;
    inFields = false;
    line = 0;
    first = 0;
    if (raw.length > keep) {
      raw = new byte[USUAL];
    }
    return complete;
  }

  String text(int from, int to) {
    return new String(raw, from, to - from, StandardCharsets.ISO_8859_1);
  }

  void refuse(BadRequest why) {
    if (!inFields) {
      int end = line;
      while (end < filled && raw[end] != '\r' && raw[end] != '\n') {
        end++;
      }
      head.requestLine = text(line, end);
    }
    counted = inFields ? line - first : 0; // nginx counts the lines that it could make use of
    head.bad = during(why);
    done = true;
  }

  void invalid() {
    refuse(
        RequestHead.bad(
            !inFields ? "client sent invalid request" : "client sent invalid header line"));
  }

  /** With what was being read, as nginx words its error log. */
  BadRequest during(BadRequest why) {
    String part = inFields ? "headers" : "line";
    return new BadRequest(
        why.status(), why.reason() + " while reading client request " + part, !inFields);
  }
}
