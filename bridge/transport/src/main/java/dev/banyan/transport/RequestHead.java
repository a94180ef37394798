package dev.banyan.transport;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request head as it is being read, with what HTTP/1 says of its body and connection.
 *
 * <p>{@link #bad} is set when it is refused; the other fields then hold what was read before.
 */
final class RequestHead {
  /** Fields that nginx accepts once only. */
  private static final String[] UNIQUE = {
    "Content-Length",
    "Transfer-Encoding",
    "Expect",
    "Authorization",
    "If-Modified-Since",
    "If-Unmodified-Since",
    "If-Match",
    "If-None-Match",
    "If-Range"
  };

  String raw = "";

  /** How many octets of it count as the request's. */
  int counted;

  String requestLine = "";
  String method = "";
  String target = "";
  @Nullable String targetHost;
  int version = 10;
  final Headers headers = new Headers();
  long contentLength;
  boolean chunked;
  boolean keepAlive;
  boolean expectContinue;
  @Nullable BadRequest bad;

  private @Nullable String hostSeen;
  private @Nullable String length;
  private @Nullable String encoding;
  private boolean closeAsked;
  private boolean keepAsked;

  /** Takes a field; answers what is wrong with it. */
  @Nullable BadRequest field(String name, String value) {
    headers.add(name, value);
    switch (name.length()) {
      case 4 -> {
        if (name.equalsIgnoreCase("host")) {
          return host(value);
        }
      }
      case 10 -> {
        if (name.equalsIgnoreCase("connection")) {
          connection(value);
        }
      }
      default -> {
        return unique(name, value);
      }
    }
    return null;
  }

  private @Nullable BadRequest host(String value) {
    if (hostSeen != null) {
      return bad(
          "client sent duplicate host header: \"Host: %s\", previous value: \"Host: %s\""
              .formatted(value, hostSeen));
    }
    hostSeen = value;
    return HostSyntax.valid(value) ? null : bad("client sent invalid host header");
  }

  private void connection(String value) {
    if (containsIgnoreCase(value, "close")) {
      closeAsked = true;
      keepAsked = false;
    } else if (containsIgnoreCase(value, "keep-alive")) {
      keepAsked = true;
      closeAsked = false;
    }
  }

  private static boolean containsIgnoreCase(String value, String word) {
    for (int i = 0; i + word.length() <= value.length(); i++) {
      if (value.regionMatches(true, i, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  private @Nullable BadRequest unique(String name, String value) {
    for (String candidate : UNIQUE) {
      if (candidate.length() == name.length() && candidate.equalsIgnoreCase(name)) {
        return once(candidate, name, value);
      }
    }
    return null;
  }

  private @Nullable BadRequest once(String known, String name, String value) {
    for (int i = 0; i < headers.size() - 1; i++) {
      if (headers.name(i).equalsIgnoreCase(known)) {
        return bad(
            "client sent duplicate header line: \"%s: %s\", previous value: \"%s: %s\""
                .formatted(name, value, headers.name(i), headers.value(i)));
      }
    }
    switch (known) {
      case "Content-Length" -> length = value;
      case "Transfer-Encoding" -> encoding = value;
      case "Expect" -> expectContinue = value.equalsIgnoreCase("100-continue");
      default -> {
        // its value is the gateway's business
      }
    }
    return null;
  }

  /** The head is complete: draws the conclusions; answers what is wrong with it. */
  @Nullable BadRequest complete() {
    if (hostSeen == null && version == 11) {
      return bad("client sent HTTP/1.1 request without \"Host\" header");
    }
    keepAlive = keepAsked || (version == 11 && !closeAsked);
    expectContinue = expectContinue && version == 11;
    BadRequest framing = framing();
    if (framing != null) {
      return framing;
    }
    return switch (method) {
      case "TRACE" -> new BadRequest(405, "client sent TRACE method");
      case "CONNECT" -> new BadRequest(405, "client sent CONNECT method");
      default -> null;
    };
  }

  private @Nullable BadRequest framing() {
    String size = length;
    if (size != null) {
      contentLength = BodyDecoder.parseLength(size);
      if (contentLength < 0) {
        contentLength = 0;
        return bad("client sent invalid \"Content-Length\" header");
      }
    }
    String coding = encoding;
    if (coding == null) {
      return null;
    }
    if (version < 11) {
      return bad("client sent HTTP/1.0 request with \"Transfer-Encoding\" header");
    }
    if (!coding.equalsIgnoreCase("chunked")) {
      return new BadRequest(501, "client sent unknown \"Transfer-Encoding\": \"" + coding + "\"");
    }
    if (size != null) {
      return bad(
          "client sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time");
    }
    chunked = true;
    contentLength = -1;
    return null;
  }

  static BadRequest bad(String reason) {
    return new BadRequest(400, reason);
  }
}
