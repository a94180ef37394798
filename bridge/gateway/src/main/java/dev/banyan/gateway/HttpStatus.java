package dev.banyan.gateway;

import java.util.Map;

/** The status codes that nginx knows, with its reason phrases and the titles of its pages. */
final class HttpStatus {
  static final int INFORMATIONAL = 100;
  static final int SWITCHING_PROTOCOLS = 101;
  static final int OK = 200;
  static final int CREATED = 201;
  static final int NO_CONTENT = 204;
  static final int PARTIAL_CONTENT = 206;
  static final int SPECIAL_RESPONSE = 300;
  static final int MOVED_PERMANENTLY = 301;
  static final int FOUND = 302;
  static final int NOT_MODIFIED = 304;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int REQUEST_TIMEOUT = 408;
  static final int PRECONDITION_FAILED = 412;
  static final int TOO_LARGE = 413;
  static final int RANGE_NOT_SATISFIABLE = 416;
  static final int MISDIRECTED = 421;

  /** nginx's own: close the connection without an answer. */
  static final int CLOSE = 444;

  /** nginx's, for a client's certificate that is not trusted; shown as 400 like the next two. */
  static final int CERTIFICATE_ERROR = 495;

  /** nginx's, for a client that showed no certificate. */
  static final int NO_CERTIFICATE = 496;

  /** nginx's, for plain HTTP where TLS is spoken. */
  static final int TO_HTTPS = 497;

  /** nginx's own: the client left. */
  static final int CLIENT_CLOSED = 499;

  static final int INTERNAL_ERROR = 500;
  static final int NOT_IMPLEMENTED = 501;
  static final int BAD_GATEWAY = 502;
  static final int UNAVAILABLE = 503;
  static final int GATEWAY_TIMEOUT = 504;

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(100, "Continue"),
          Map.entry(101, "Switching Protocols"),
          Map.entry(103, "Early Hints"),
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(204, "No Content"),
          Map.entry(206, "Partial Content"),
          Map.entry(301, "Moved Permanently"),
          Map.entry(302, "Moved Temporarily"),
          Map.entry(303, "See Other"),
          Map.entry(304, "Not Modified"),
          Map.entry(307, "Temporary Redirect"),
          Map.entry(308, "Permanent Redirect"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(402, "Payment Required"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(408, "Request Time-out"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(411, "Length Required"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Request Entity Too Large"),
          Map.entry(414, "Request-URI Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(416, "Requested Range Not Satisfiable"),
          Map.entry(421, "Misdirected Request"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Temporarily Unavailable"),
          Map.entry(504, "Gateway Time-out"),
          Map.entry(505, "HTTP Version Not Supported"),
          Map.entry(507, "Insufficient Storage"));

  /** Titles of the pages whose status line says something else. */
  private static final Map<Integer, String> PAGE_TITLES =
      Map.of(
          302, "302 Found",
          401, "401 Authorization Required",
          494, "400 Request Header Or Cookie Too Large",
          495, "400 The SSL certificate error",
          496, "400 No required SSL certificate was sent",
          497, "400 The plain HTTP request was sent to HTTPS port",
          498, "404 Not Found");

  private HttpStatus() {}

  /** The reason phrase; empty for a status that nginx has no line for. */
  static String reason(int status) {
    return REASONS.getOrDefault(status, "");
  }

  /** The title of nginx's own page, {@code 404 Not Found}; empty when it has none. */
  static String pageTitle(int status) {
    boolean hasPage =
        (status >= 301 && status <= 308 && status != NOT_MODIFIED && status != 305 && status != 306)
            || status >= BAD_REQUEST;
    String title = PAGE_TITLES.get(status);
    if (title != null) {
      return title;
    }
    return hasPage && REASONS.containsKey(status) ? status + " " + REASONS.get(status) : "";
  }

  /** Whether finalising with this status makes nginx write a page of its own. */
  static boolean special(int status) {
    return status >= SPECIAL_RESPONSE || status == CREATED || status == NO_CONTENT;
  }

  /** Whether {@code status} is a redirect with a Location field. */
  static boolean redirects(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }
}
