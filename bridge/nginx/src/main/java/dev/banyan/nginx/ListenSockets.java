package dev.banyan.nginx;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code listen} says of its connections' sockets; what it doesn't say is the system's.
 *
 * @param keepalive {@code so_keepalive}; null where nothing is said
 * @param receiveBuffer {@code rcvbuf} in bytes; 0 where nothing is said
 * @param sendBuffer {@code sndbuf} in bytes; 0 where nothing is said
 */
public record ListenSockets(@Nullable Keepalive keepalive, int receiveBuffer, int sendBuffer) {
  /** Nothing. */
  static final ListenSockets UNSAID = new ListenSockets(null, 0, 0);

  /**
   * Whether the system asks silent clients if they are there.
   *
   * @param idle seconds of silence before it asks; 0 for the system's
   * @param interval seconds from one question to the next; 0 for the system's
   * @param count questions without an answer that end the connection; 0 for the system's
   */
  public record Keepalive(boolean on, int idle, int interval, int count) {}

  /** What these say, and the others of what these don't. */
  ListenSockets or(ListenSockets others) {
    return new ListenSockets(
        keepalive == null ? others.keepalive : keepalive,
        receiveBuffer == 0 ? others.receiveBuffer : receiveBuffer,
        sendBuffer == 0 ? others.sendBuffer : sendBuffer);
  }
}
