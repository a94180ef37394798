package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's pseudo-header fields and fields, in the words of HTTP/1, with nginx's verdicts: Netty
 * checks none of them, since it resets the streams that nginx answers.
 */
final class Http2RequestHead {
  /** The version that the rules of HTTP/1 go by: those of 1.1 hold for HTTP/2 too. */
  private static final int RULES = 11;

  private final RequestHead head = new RequestHead();
  private final StringBuilder cookies = new StringBuilder();
  private final ListenerLimits limits;
  private String scheme = "";
  private long octets;
  private boolean broken;
  private @Nullable Http2Error fatal;

  String method = "";
  String target = "";
  @Nullable String authority;
  final Headers headers = head.headers;
  final String requestLine;
  final long length;
  final @Nullable BadRequest bad;

  /**
   * Reads a head.
   *
   * @param limits the octets that a name, a value and all of them may have
   * @param endStream whether no body follows
   */
  Http2RequestHead(Http2Headers fields, ListenerLimits limits, boolean endStream) {
    this.limits = limits;
    head.version = RULES;
    BadRequest wrong = null;
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      BadRequest found = field(field.getKey().toString(), field.getValue().toString());
      wrong = wrong == null ? found : wrong;
    }
    if (!cookies.isEmpty()) {
      headers.add("cookie", cookies.toString());
    }
    requestLine = method + " " + target + " HTTP/2.0";
    bad = wrong == null ? complete(endStream) : wrong;
    long announced = head.chunked || !headers.contains("content-length") ? -1 : head.contentLength;
    length = endStream ? 0 : announced;
  }

  private @Nullable BadRequest field(String name, String value) {
    octets += name.length() + value.length();
    if (fatal == null) {
      fatal = fatal(name, value);
    }
    if (!validName(name) || !validValue(value)) {
      broken = true;
      return null;
    }
    return switch (name) {
      case Http2FrameTap.KEPT -> head.field("content-length", value);
      case "cookie" -> {
        cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
        yield null;
      }
      default -> name.charAt(0) == ':' ? pseudo(name, value) : listed(name, value);
    };
  }

  private @Nullable BadRequest listed(String name, String value) {
    return headers.size() >= limits.headerLines()
        ? new BadRequest(494, "client sent too many header lines")
        : head.field(name, value);
  }

  /** For what nginx ends the connection, by how its own decoder goes through the fields. */
  private @Nullable Http2Error fatal(String name, String value) {
    if (name.isEmpty()) {
      return Http2Error.PROTOCOL_ERROR;
    }
    int longest = limits.largeHeaderBytes();
    boolean tooLarge =
        name.length() > longest
            || value.length() > longest
            || octets > (long) longest * limits.largeHeaderBuffers();
    return tooLarge ? Http2Error.ENHANCE_YOUR_CALM : null;
  }

  private static boolean validName(String name) {
    for (int i = name.startsWith(":") ? 1 : 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == 127 || c == ':' || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean validValue(String value) {
    return value.indexOf('\0') < 0 && value.indexOf('\r') < 0 && value.indexOf('\n') < 0;
  }

  /**
   * Whether trailers hold what no trailers may: pseudo-header fields, or octets of no field. (nginx
   * ends the connection for any trailers; those that RFC 9113 allows are taken here.)
   */
  static boolean brokenTrailers(Http2Headers fields) {
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      String name = field.getKey().toString();
      boolean pseudo = name.startsWith(":") && !name.equals(Http2FrameTap.KEPT);
      if (pseudo || !validName(name) || !validValue(field.getValue().toString())) {
        return true;
      }
    }
    return false;
  }

  /** For what the connection has to end; null for nothing. */
  @Nullable Http2Error fatal() {
    return fatal;
  }

  /** Whether a name or a value holds octets for which nginx resets the stream. */
  boolean broken() {
    return broken;
  }

  private @Nullable BadRequest pseudo(String name, String value) {
    String before =
        switch (name) {
          case ":method" -> method;
          case ":scheme" -> scheme;
          case ":path" -> target;
          case ":authority" -> authority == null ? "" : authority;
          default -> null;
        };
    if (before == null) {
      return RequestHead.bad("client sent unknown pseudo-header \"" + name + "\"");
    }
    if (value.isEmpty() || !before.isEmpty()) {
      String what = value.isEmpty() ? "empty " : "duplicate ";
      return RequestHead.bad("client sent " + what + name + " header");
    }
    switch (name) {
      case ":method" -> method = value;
      case ":scheme" -> scheme = value;
      case ":path" -> target = value;
      default -> {
        authority = value;
        return head.field("host", value);
      }
    }
    return null;
  }

  private @Nullable BadRequest complete(boolean endStream) {
    if (method.isEmpty() || method.chars().anyMatch(RequestLineReader::notMethod)) {
      return RequestHead.bad("client sent invalid method: \"" + method + "\"");
    }
    if (!validScheme()) {
      return RequestHead.bad("client sent invalid :scheme header: \"" + scheme + "\"");
    }
    if (!target.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c != 127)) {
      return RequestHead.bad("client sent invalid :path header: \"" + target + "\"");
    }
    head.method = method;
    BadRequest wrong = head.complete();
    if (wrong == null && endStream && head.contentLength > 0) {
      return RequestHead.bad("client prematurely closed stream");
    }
    return wrong;
  }

  private boolean validScheme() {
    for (int i = 0; i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && !(i > 0 && later)) {
        return false;
      }
    }
    return !scheme.isEmpty();
  }

  /** The head as HTTP/1 would have had it, for those who want its octets. */
  String raw() {
    StringBuilder text = new StringBuilder(requestLine).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }
}
