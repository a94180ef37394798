package dev.banyan.transport;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request head, parsed from its octets as nginx 1.22's reader does.
 *
 * <p>{@link #bad} is set when it is refused; the other fields then hold what was read before.
 */
final class RequestHead {
  String raw = "";
  String requestLine = "";
  String method = "";
  String target = "";
  int version = 9;
  final Headers headers = new Headers();
  long contentLength;
  boolean chunked;
  boolean keepAlive;
  boolean expectContinue;
  @Nullable BadRequest bad;

  /** Parses the octets up to and including the empty line. */
  static RequestHead parse(String raw, int maxLine) {
    RequestHead head = new RequestHead();
    head.raw = raw;
    head.bad = head.read(maxLine);
    return head;
  }

  /** A head that is refused before it is complete. */
  static RequestHead refused(String raw, BadRequest why) {
    RequestHead head = new RequestHead();
    head.raw = raw;
    int end = raw.indexOf('\n');
    if (end > 0) {
      head.requestLine = stripCr(raw, 0, end);
      head.readRequestLine();
    }
    head.bad = why;
    return head;
  }

  private @Nullable BadRequest read(int maxLine) {
    int end = raw.indexOf('\n');
    if (end < 0) {
      return bad("client sent invalid request");
    }
    if (end > maxLine) {
      return new BadRequest(414, "client sent too long URI");
    }
    requestLine = stripCr(raw, 0, end);
    BadRequest line = readRequestLine();
    if (line != null) {
      return line;
    }
    if (version == 9) {
      return null;
    }
    BadRequest fields = readFields(end + 1, maxLine);
    return fields != null ? fields : readFraming();
  }

  private @Nullable BadRequest readRequestLine() {
    int space = requestLine.indexOf(' ');
    if (space <= 0) {
      return bad("client sent invalid method");
    }
    for (int i = 0; i < space; i++) {
      char c = requestLine.charAt(i);
      if ((c < 'A' || c > 'Z') && c != '_' && c != '-') {
        return bad("client sent invalid method");
      }
    }
    method = requestLine.substring(0, space);
    int start = space;
    while (start < requestLine.length() && requestLine.charAt(start) == ' ') {
      start++;
    }
    int uriEnd = start;
    while (uriEnd < requestLine.length() && requestLine.charAt(uriEnd) > ' ') {
      if (requestLine.charAt(uriEnd) == 127) {
        return bad("client sent invalid request");
      }
      uriEnd++;
    }
    target = requestLine.substring(start, uriEnd);
    BadRequest uri = checkTarget();
    if (uri != null) {
      return uri;
    }
    int v = uriEnd;
    while (v < requestLine.length() && requestLine.charAt(v) == ' ') {
      v++;
    }
    return readVersion(requestLine.substring(v));
  }

  private @Nullable BadRequest checkTarget() {
    if (target.startsWith("/")) {
      return null;
    }
    int scheme = target.indexOf("://");
    if (scheme <= 0) {
      return bad("client sent invalid request");
    }
    for (int i = 0; i < scheme; i++) {
      char c = (char) (target.charAt(i) | 0x20);
      if (c < 'a' || c > 'z') {
        return bad("client sent invalid request");
      }
    }
    return target.length() > scheme + 3 ? null : bad("client sent invalid request");
  }

  private @Nullable BadRequest readVersion(String text) {
    String trimmed = text.stripTrailing();
    if (trimmed.isEmpty()) {
      version = 9;
      return method.equals("GET") ? null : bad("client sent invalid method in HTTP/0.9 request");
    }
    if (!trimmed.startsWith("HTTP/")) {
      return bad("client sent invalid request");
    }
    int dot = trimmed.indexOf('.', 5);
    if (dot < 6
        || dot + 1 >= trimmed.length()
        || !digits(trimmed, 5, dot)
        || !digits(trimmed, dot + 1, trimmed.length())
        || trimmed.charAt(5) == '0') {
      return bad("client sent invalid request");
    }
    int major = Integer.parseInt(trimmed, 5, dot, 10);
    int minor = Integer.parseInt(trimmed, dot + 1, Math.min(trimmed.length(), dot + 4), 10);
    if (major > 1) {
      return new BadRequest(505, "client sent invalid version");
    }
    version = minor == 0 ? 10 : 11;
    return null;
  }

  private @Nullable BadRequest readFields(int from, int maxLine) {
    int at = from;
    while (at < raw.length()) {
      int lf = raw.indexOf('\n', at);
      if (lf < 0) {
        return bad("client sent invalid header line");
      }
      int end = lf > at && raw.charAt(lf - 1) == '\r' ? lf - 1 : lf;
      if (end == at) {
        return null;
      }
      if (end - at > maxLine) {
        return new BadRequest(494, "client sent too long header line");
      }
      BadRequest field = readField(at, end);
      if (field != null) {
        return field;
      }
      at = lf + 1;
    }
    return null;
  }

  private @Nullable BadRequest readField(int at, int end) {
    int colon = at;
    while (colon < end && raw.charAt(colon) != ':') {
      char c = raw.charAt(colon);
      if (c <= ' ' || c == 127) {
        return bad("client sent invalid header line");
      }
      colon++;
    }
    if (colon == at) {
      return bad("client sent invalid header line");
    }
    if (colon == end) {
      return null; // a name without a colon: nginx drops the line as an invalid header
    }
    int start = colon + 1;
    while (start < end && raw.charAt(start) == ' ') {
      start++;
    }
    int stop = end;
    while (stop > start && raw.charAt(stop - 1) == ' ') {
      stop--;
    }
    for (int i = start; i < stop; i++) {
      char c = raw.charAt(i);
      if (c == 0 || c == '\r') {
        return bad("client sent invalid header line");
      }
    }
    headers.add(raw.substring(at, colon), raw.substring(start, stop));
    return null;
  }

  private @Nullable BadRequest readFraming() {
    String length = null;
    String encoding = null;
    String connection = null;
    int hosts = 0;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (name.equalsIgnoreCase("host")) {
        hosts++;
      } else if (name.equalsIgnoreCase("content-length")) {
        if (length != null) {
          return bad("client sent duplicate header line: \"Content-Length\"");
        }
        length = headers.value(i);
      } else if (name.equalsIgnoreCase("transfer-encoding")) {
        if (encoding != null) {
          return bad("client sent duplicate header line: \"Transfer-Encoding\"");
        }
        encoding = headers.value(i);
      } else if (name.equalsIgnoreCase("connection")) {
        connection = headers.value(i);
      } else if (name.equalsIgnoreCase("expect")) {
        expectContinue = headers.value(i).equalsIgnoreCase("100-continue");
      }
    }
    if (hosts > 1) {
      return bad("client sent duplicate host header");
    }
    if (hosts == 0 && version == 11) {
      return bad("client sent HTTP/1.1 request without \"Host\" header");
    }
    keepAlive = version == 11;
    if (connection != null) {
      String lower = connection.toLowerCase(java.util.Locale.ROOT);
      if (lower.contains("close")) {
        keepAlive = false;
      } else if (lower.contains("keep-alive")) {
        keepAlive = true;
      }
    }
    expectContinue = expectContinue && version == 11;
    return readBodyFraming(length, encoding);
  }

  private @Nullable BadRequest readBodyFraming(@Nullable String length, @Nullable String encoding) {
    if (length != null) {
      if (length.isEmpty() || length.length() > 18 || !digits(length, 0, length.length())) {
        return bad("client sent invalid \"Content-Length\" header");
      }
      contentLength = Long.parseLong(length);
    }
    if (encoding == null) {
      return null;
    }
    if (version < 11) {
      return bad("client sent HTTP/1.0 request with \"Transfer-Encoding\" header");
    }
    if (!encoding.equalsIgnoreCase("chunked")) {
      return new BadRequest(501, "client sent unknown \"Transfer-Encoding\": \"" + encoding + "\"");
    }
    if (length != null) {
      return bad(
          "client sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time");
    }
    chunked = true;
    contentLength = -1;
    return null;
  }

  private static BadRequest bad(String reason) {
    return new BadRequest(400, reason);
  }

  private static boolean digits(String s, int from, int to) {
    for (int i = from; i < to; i++) {
      if (s.charAt(i) < '0' || s.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }

  private static String stripCr(String s, int from, int to) {
    return s.substring(from, to > from && s.charAt(to - 1) == '\r' ? to - 1 : to);
  }
}
