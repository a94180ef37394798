package dev.banyan.modules.edge;

import dev.banyan.api.Decision;
import org.jspecify.annotations.Nullable;

/** The client's address as {@code util.client_ip} finds it. */
public final class ClientAddress {
  private static final String BALANCER = "127.0.0.1";

  private ClientAddress() {}

  /**
   * The address: what the request already knows, else the last one of {@code X-Forwarded-For} when
   * our own balancer speaks, else the peer's.
   */
  public static @Nullable String of(
      @Nullable String known, @Nullable String forwardedFor, @Nullable String peer) {
    if (known != null) {
      return known;
    }
    String last = BALANCER.equals(peer) && forwardedFor != null ? last(forwardedFor) : "";
    return last.isEmpty() ? peer : last;
  }

  /**
   * The decision with the address kept for the modules that follow: as in the legacy, only when the
   * request doesn't know it yet.
   */
  public static Decision kept(Decision decision, @Nullable String known, @Nullable String client) {
    return known == null ? decision.setCtx("client_ip", client) : decision;
  }

  private static String last(String list) {
    int end = list.length();
    while (end > 0 && space(list.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && list.charAt(start - 1) != ',' && list.charAt(start - 1) != ' ') {
      start--;
    }
    return list.substring(start, end);
  }

  /** Lua's {@code %s}. */
  private static boolean space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
