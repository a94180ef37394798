package dev.banyan.gateway;

/** A configuration that can't be put into service; the message says why, in nginx's words. */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates it. */
  public GatewayException(String message) {
    super(message);
  }

  /** Creates it with its cause. */
  public GatewayException(String message, Throwable cause) {
    super(message, cause);
  }
}
