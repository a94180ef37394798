package dev.banyan.gateway;

import dev.banyan.nginx.ProxySettings.NextUpstream;
import org.jspecify.annotations.Nullable;

/**
 * Why a try at an upstream server did not give the answer that goes to the client.
 *
 * @param kind as {@code proxy_next_upstream} names it
 * @param status what the client gets if no other server is tried
 * @param message for the error log; null when there is nothing to log
 */
record ProxyFailure(NextUpstream kind, int status, @Nullable String message) {
  /** How bad the log calls it: that there is no such socket is worse than that nobody listens. */
  int level() {
    boolean absent = message != null && message.contains("failed (2: ");
    return absent ? ErrorLog.CRIT : ErrorLog.ERROR;
  }

  /** What was being done, as the log adds it. */
  String doing() {
    String text = message == null ? "" : message;
    int at = text.lastIndexOf(" while ");
    return at < 0 ? " while reading response header from upstream" : text.substring(at);
  }

  static ProxyFailure error(String message) {
    return new ProxyFailure(NextUpstream.ERROR, HttpStatus.BAD_GATEWAY, message);
  }

  static ProxyFailure timeout(String message) {
    return new ProxyFailure(NextUpstream.TIMEOUT, HttpStatus.GATEWAY_TIMEOUT, message);
  }

  static ProxyFailure invalidHeader(@Nullable String message) {
    return new ProxyFailure(NextUpstream.INVALID_HEADER, HttpStatus.BAD_GATEWAY, message);
  }

  /** A status that another server may better; null for any that is final. */
  static @Nullable ProxyFailure ofStatus(int status) {
    NextUpstream kind =
        switch (status) {
          case 500 -> NextUpstream.HTTP_500;
          case 502 -> NextUpstream.HTTP_502;
          case 503 -> NextUpstream.HTTP_503;
          case 504 -> NextUpstream.HTTP_504;
          case 403 -> NextUpstream.HTTP_403;
          case 404 -> NextUpstream.HTTP_404;
          case 429 -> NextUpstream.HTTP_429;
          default -> null;
        };
    return kind == null ? null : new ProxyFailure(kind, status, null);
  }
}
