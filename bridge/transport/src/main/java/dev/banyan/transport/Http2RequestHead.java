package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's pseudo-header fields and fields, in the words of HTTP/1. */
final class Http2RequestHead {
  final String method;
  final String target;
  final @Nullable String authority;
  final Headers headers = new Headers();
  final String requestLine;
  final long length;
  final @Nullable BadRequest bad;

  Http2RequestHead(Http2Headers fields, boolean endStream) {
    method = text(fields.method());
    target = text(fields.path());
    authority = fields.authority() == null ? null : text(fields.authority());
    if (authority != null) {
      headers.add("host", authority);
    }
    StringBuilder cookies = new StringBuilder();
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      String name = text(field.getKey());
      if (name.equals("cookie")) {
        cookies.append(cookies.isEmpty() ? "" : "; ").append(field.getValue());
      } else if (!name.startsWith(":")) {
        headers.add(name, text(field.getValue()));
      }
    }
    if (!cookies.isEmpty()) {
      headers.add("cookie", cookies.toString());
    }
    requestLine = method + " " + target + " HTTP/2.0";
    String announced = headers.first("content-length");
    length = endStream ? 0 : announced == null ? -1 : BodyDecoder.parseLength(announced);
    bad = check();
  }

  private static String text(@Nullable CharSequence octets) {
    return octets == null ? "" : octets.toString();
  }

  private @Nullable BadRequest check() {
    if (method.isEmpty() || method.chars().anyMatch(HeadParser::notMethod)) {
      return RequestHead.bad("client sent invalid method: \"" + method + "\"");
    }
    if (!target.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c != 127)) {
      return RequestHead.bad("client sent invalid :path header: \"" + target + "\"");
    }
    int hosts = headers.all("host").size();
    if (hosts > 1) {
      return RequestHead.bad("client sent duplicate host header");
    }
    String host = headers.first("host");
    if (host == null) {
      return RequestHead.bad("client sent neither \":authority\" nor \"Host\" header");
    }
    if (!HostSyntax.valid(host)) {
      return RequestHead.bad("client sent invalid host header");
    }
    return switch (method) {
      case "TRACE" -> new BadRequest(405, "client sent TRACE method");
      case "CONNECT" -> new BadRequest(405, "client sent CONNECT method");
      default -> null;
    };
  }

  /** The head as HTTP/1 would have had it, for those who want its octets. */
  String raw() {
    StringBuilder text = new StringBuilder(requestLine).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }
}
