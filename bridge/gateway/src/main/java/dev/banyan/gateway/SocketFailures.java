package dev.banyan.gateway;

import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.transport.TransportException;
import java.util.Set;

/** The texts in which cosockets report failures. */
final class SocketFailures {
  private static final Set<String> BROKEN = Set.of("connection reset by peer", "broken pipe");

  private SocketFailures() {}

  static NgxFailure of(TransportException e) {
    return switch (e.kind()) {
      case TIMEOUT -> new NgxFailure("timeout");
      case CLOSED -> new NgxFailure(closed(String.valueOf(e.getMessage())));
      case CONNECT -> new NgxFailure(connect(e));
      case TLS -> new NgxFailure(handshake(String.valueOf(e.getMessage())));
      case PROTOCOL, RESOLVE, LIMIT -> new NgxFailure(String.valueOf(e.getMessage()));
    };
  }

  /** Why a certificate was refused; the rest is told to the log alone. */
  private static String handshake(String reason) {
    return reason.startsWith("handshake failed") ? "handshake failed" : reason;
  }

  /** How a connection broke, where the system says it. */
  private static String closed(String reason) {
    return BROKEN.contains(reason) ? reason : "closed";
  }

  private static String connect(TransportException e) {
    String text = String.valueOf(e.getMessage());
    return text.toLowerCase(java.util.Locale.ROOT).contains("refused")
        ? "connection refused"
        : text;
  }
}
