package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of an origin's answer, parsed from its octets as nginx 1.22 takes them: more than RFC
 * 9112 allows, as origins that were written long ago send it.
 *
 * @param statusLine the status and all behind it, as sent
 * @param keepAlive whether the origin keeps the connection, and nobody can doubt where the answer
 *     ends
 * @param length Content-Length, -1 when none says how long the body is
 * @param chunked whether the body is chunked
 */
record AnswerHead(
    int status,
    String statusLine,
    int version,
    Headers headers,
    boolean keepAlive,
    long length,
    boolean chunked) {
  static final String CONTENT_LENGTH = "Content-Length";
  private static final char DEL = 127;

  /** Where the second part of a version begins. */
  private static final int MINOR = "HTTP/1.".length();

  /** How many octets a head takes of what has been received; -1 while its end isn't there. */
  static int end(ByteBuf input) {
    int from = input.readerIndex();
    int limit = input.readableBytes();
    for (int i = 0; i < limit; i++) {
      if (input.getByte(from + i) != '\n') {
        continue;
      }
      if (i + 1 < limit && input.getByte(from + i + 1) == '\n') {
        return i + 2;
      }
      if (i + 2 < limit
          && input.getByte(from + i + 1) == '\r'
          && input.getByte(from + i + 2) == '\n') {
        return i + 3;
      }
    }
    return -1;
  }

  /**
   * Parses a head, its empty line included.
   *
   * @throws TransportException {@code PROTOCOL}
   */
  static AnswerHead parse(String raw) {
    int lf = raw.indexOf('\n');
    String line = raw.substring(0, lf > 0 && raw.charAt(lf - 1) == '\r' ? lf - 1 : lf);
    if (!line.startsWith("HTTP/1.") || line.length() < 12) {
      throw broken("upstream sent no valid HTTP/1.0 header");
    }
    int version = line.charAt(7) == '0' ? 10 : 11;
    String statusLine = statusLine(line);
    if (statusLine == null) {
      throw broken("upstream sent no valid HTTP/1.0 header");
    }
    Headers headers = fields(raw, lf + 1);
    boolean chunked = says(headers, "Transfer-Encoding", "chunked");
    int lengths = count(headers, CONTENT_LENGTH);
    long length = lengths == 0 ? -1 : length(headers, lengths, chunked);
    boolean clear = lengths == 0 || (lengths == 1 && length >= 0);
    boolean keepAlive = clear && version == 11 && !says(headers, "Connection", "close");
    return new AnswerHead(
        Integer.parseInt(statusLine, 0, 3, 10),
        statusLine,
        version,
        headers,
        keepAlive,
        length,
        chunked);
  }

  /** The length of the body that follows (RFC 9112, section 6.3); -1 while nobody can tell. */
  long bodyLength(boolean headRequest) {
    if (headRequest || status == 204 || status == 304) {
      return 0;
    }
    return chunked ? -1 : length;
  }

  /** What reads a body of that length. */
  BodyDecoder decoder(long bodyLength) {
    if (bodyLength >= 0) {
      return BodyDecoder.length(bodyLength);
    }
    return chunked ? BodyDecoder.chunked() : BodyDecoder.untilClose();
  }

  /** Whether a word is within one of the fields of a name: nginx too looks for it alone. */
  private static boolean says(Headers headers, String name, String word) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(name)
          && headers.value(i).toLowerCase(Locale.ROOT).contains(word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What begins with the status, of a line in which spaces may stand before it; null for a line
   * that has none.
   */
  static @Nullable String statusLine(String line) {
    int at = MINOR;
    while (at < line.length() && isDigit(line.charAt(at))) {
      at++;
    }
    int version = at;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    int end = at + 3;
    boolean digits = at > version && version > MINOR && end <= line.length();
    for (int i = at; digits && i < end; i++) {
      digits = isDigit(line.charAt(i));
    }
    if (!digits || (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '.')) {
      return null;
    }
    return line.substring(at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Headers fields(String raw, int from) {
    Headers headers = Headers.withRoomFor(lines(raw, from));
    int at = from;
    while (at < raw.length()) {
      int lf = raw.indexOf('\n', at);
      int end = lf > at && raw.charAt(lf - 1) == '\r' ? lf - 1 : lf;
      if (lf < 0 || end == at) {
        break;
      }
      if (!raw.startsWith("HTTP/", at)) { // IIS may send its status line twice
        add(headers, raw, at, end);
      }
      at = lf + 1;
    }
    return headers;
  }

  /** Adds a field, which is a name without a value where its line has no colon. */
  static void add(Headers headers, String raw, int at, int end) {
    int name = nameEnd(raw, at, end);
    String value = name == end ? "" : withoutSpaces(raw, name + 1, end);
    if (value.indexOf(0) >= 0 || value.indexOf('\r') >= 0) {
      throw invalidValue(raw, at, name);
    }
    if (counts(raw, at, name)) {
      headers.add(raw.substring(at, name), value);
    }
  }

  private static TransportException invalidValue(String raw, int at, int name) {
    int wrong = name;
    while (raw.charAt(wrong) != 0 && raw.charAt(wrong) != '\r') {
      wrong++;
    }
    boolean spaces = raw.charAt(wrong) == '\r'; // those before it are no part of the value
    return invalid(raw, at, spaces ? valueEnd(raw, name + 1, wrong) : wrong);
  }

  /** Whether a name is one to nginx, which leaves those out that have no usual octet at all. */
  private static boolean counts(String raw, int at, int end) {
    for (int i = at; i < end; i++) {
      char c = raw.charAt(i);
      int small = c | 0x20;
      if ((small >= 'a' && small <= 'z') || isDigit(c) || c == '-' || c == '_') {
        return true;
      }
    }
    return false;
  }

  /**
   * Where the name of a field ends, of whose line this much is there.
   *
   * @throws TransportException for one that is none
   */
  static int nameEnd(String raw, int at, int end) {
    int name = at;
    while (name < end && raw.charAt(name) != ':') {
      char c = raw.charAt(name);
      if (c <= ' ' || c == DEL) {
        throw invalid(raw, at, name);
      }
      name++;
    }
    if (name == at && name < end) {
      throw invalid(raw, at, at);
    }
    return name;
  }

  private static int valueEnd(String raw, int from, int to) {
    int end = to;
    while (end > from && raw.charAt(end - 1) == ' ') {
      end--;
    }
    return end;
  }

  /** A line that is wrong from an octet on. */
  static TransportException invalid(String raw, int from, int wrong) {
    return broken(
        "upstream sent invalid header: \"%s\\x%02x...\""
            .formatted(raw.substring(from, wrong), (int) raw.charAt(wrong)));
  }

  /** How many there are at most. */
  private static int lines(String raw, int from) {
    int count = 0;
    for (int lf = raw.indexOf('\n', from); lf >= 0; lf = raw.indexOf('\n', lf + 1)) {
      count++;
    }
    return count;
  }

  /** A part of a text without the spaces at its ends; tabs stay, as in nginx. */
  private static String withoutSpaces(String raw, int from, int to) {
    int start = from;
    while (start < to && raw.charAt(start) == ' ') {
      start++;
    }
    return raw.substring(start, valueEnd(raw, start, to));
  }

  /**
   * The last length that is told, -1 where chunks or a wrong number take its place: then no field
   * of that name is left (RFC 9112, section 6.3).
   */
  static long length(Headers headers, int lengths, boolean chunked) {
    String last = headers.all(CONTENT_LENGTH).getLast();
    long length = chunked ? -1 : number(last);
    if (length < 0) {
      headers.remove(CONTENT_LENGTH);
    } else if (lengths > 1 || last.startsWith("0")) {
      headers.set(CONTENT_LENGTH, Long.toString(length));
    }
    return length;
  }

  static int count(Headers headers, String name) {
    int count = 0;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(name)) {
        count++;
      }
    }
    return count;
  }

  private static long number(String value) {
    if (value.isEmpty() || value.length() > 18) {
      return -1;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isDigit(value.charAt(i))) {
        return -1;
      }
    }
    return Long.parseLong(value);
  }

  static TransportException broken(String what) {
    return new TransportException(TransportException.Kind.PROTOCOL, false, what, null);
  }
}
