package dev.banyan.gateway;

import dev.banyan.nginx.CoreSettings;
import dev.banyan.transport.HttpExchange;
import org.jspecify.annotations.Nullable;

/** How a location lets the client's connection live on. */
final class KeepAlive {
  private KeepAlive() {}

  /** Marks the connection as closing where the location wants it; before the head is sent. */
  static void decide(Request r) {
    HttpExchange exchange = r.client().exchange();
    CoreSettings core = r.location().core();
    exchange.idleFor(core.keepaliveTimeout());
    if (core.keepaliveTimeout().isZero()
        || exchange.connectionRequests() >= core.keepaliveRequests()
        || System.nanoTime() - exchange.connectionStartedNanos() > core.keepaliveTime().toNanos()
        || disabled(r, r.headers().first("User-Agent"))) {
      exchange.closeAfterResponse();
    }
    if (!core.chunkedTransferEncoding()) {
      exchange.withoutChunks();
    }
  }

  /** {@code keepalive_disable}: Internet Explorer 6 loses the second POST, old Safari the close. */
  private static boolean disabled(Request r, @Nullable String agent) {
    if (agent == null) {
      return false;
    }
    for (CoreSettings.UnkeptAgent kind : r.location().core().keepaliveDisable()) {
      boolean closes =
          switch (kind) {
            case MSIE6 -> r.method().equals("POST") && UserAgents.oldExplorer(agent);
            case SAFARI -> UserAgents.safari(agent);
            case NONE -> false;
          };
      if (closes) {
        return true;
      }
    }
    return false;
  }
}
