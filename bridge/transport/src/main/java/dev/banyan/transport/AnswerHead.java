package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of an origin's answer, parsed from its octets.
 *
 * @param keepAlive whether the origin keeps the connection
 * @param length Content-Length, -1 when there is none
 * @param chunked whether the body is chunked
 */
record AnswerHead(
    int status,
    String reason,
    int version,
    Headers headers,
    boolean keepAlive,
    long length,
    boolean chunked) {

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
    int space = line.indexOf(' ');
    int status = status(line, space);
    String reason = line.length() > space + 5 ? line.substring(space + 5) : "";
    Headers headers = fields(raw, lf + 1);
    String length = single(headers, "Content-Length");
    String encoding = headers.first("Transfer-Encoding");
    boolean chunked = encoding != null && isChunked(encoding);
    if (chunked && length != null) {
      throw broken(
          "upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time");
    }
    String connection = headers.first("Connection");
    boolean keepAlive =
        connection == null
            ? version == 11
            : !connection.equalsIgnoreCase("close")
                && (version == 11 || connection.equalsIgnoreCase("keep-alive"));
    return new AnswerHead(status, reason, version, headers, keepAlive, length(length), chunked);
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

  /** Whether chunks are among the codings: nginx too looks for the word alone. */
  private static boolean isChunked(String encoding) {
    return encoding.equalsIgnoreCase("chunked")
        || encoding.toLowerCase(Locale.ROOT).contains("chunked");
  }

  private static int status(String line, int space) {
    if (space < 0 || line.length() < space + 4) {
      throw broken("upstream sent no valid HTTP/1.0 header");
    }
    int status = 0;
    for (int i = space + 1; i < space + 4; i++) {
      char c = line.charAt(i);
      if (c < '0' || c > '9') {
        throw broken("upstream sent invalid status line");
      }
      status = status * 10 + (c - '0');
    }
    return status;
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
      int colon = raw.indexOf(':', at);
      if (colon <= at || colon > end) {
        throw broken("upstream sent invalid header");
      }
      String name = raw.substring(at, colon);
      String value = stripped(raw, colon + 1, end);
      if (name.indexOf(' ') >= 0 || value.indexOf(0) >= 0 || value.indexOf('\r') >= 0) {
        throw broken("upstream sent invalid header");
      }
      headers.add(name, value);
      at = lf + 1;
    }
    return headers;
  }

  /** How many there are at most. */
  private static int lines(String raw, int from) {
    int count = 0;
    for (int lf = raw.indexOf('\n', from); lf >= 0; lf = raw.indexOf('\n', lf + 1)) {
      count++;
    }
    return count;
  }

  /** A part of a text without the space at its ends, as {@code strip} takes it. */
  private static String stripped(String raw, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(raw.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(raw.charAt(end - 1))) {
      end--;
    }
    return raw.substring(start, end);
  }

  private static @Nullable String single(Headers headers, String name) {
    String only = null;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(name)) {
        if (only != null) {
          throw broken("upstream sent duplicate header line: \"" + name + "\"");
        }
        only = headers.value(i);
      }
    }
    return only;
  }

  private static long length(@Nullable String value) {
    if (value == null) {
      return -1;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        throw broken("upstream sent invalid \"Content-Length\" header: \"" + value + "\"");
      }
    }
    if (value.isEmpty() || value.length() > 18) {
      throw broken("upstream sent invalid \"Content-Length\" header: \"" + value + "\"");
    }
    return Long.parseLong(value);
  }

  private static TransportException broken(String what) {
    return new TransportException(TransportException.Kind.PROTOCOL, false, what, null);
  }
}
