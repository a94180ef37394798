package dev.banyan.transport;

import org.jspecify.annotations.Nullable;

/** What went wrong on the wire, with its kind, so that callers can tell whether to try again. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure. */
  public enum Kind {
    /** Nobody answered the connect, or it was refused. */
    CONNECT,
    /** A connect, read or write took longer than it may. */
    TIMEOUT,
    /** The peer closed before the message's end. */
    CLOSED,
    /** The peer broke the protocol. */
    PROTOCOL,
    /** The TLS handshake or the certificate check failed. */
    TLS,
    /** The name could not be resolved. */
    RESOLVE,
    /** A bound of ours was reached (header size, pool size). */
    LIMIT
  }

  private final Kind kind;
  private final boolean retryable;

  /**
   * @param retryable whether the request has certainly not been processed by the peer
   */
  public TransportException(
      Kind kind, boolean retryable, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.kind = kind;
    this.retryable = retryable;
  }

  /** The kind of failure. */
  public Kind kind() {
    return kind;
  }

  /** Whether the request has certainly not been processed by the peer. */
  public boolean retryable() {
    return retryable;
  }
}
