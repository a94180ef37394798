package dev.banyan.host;

/** A checked exception that a port threw, on its way to the fallback. */
final class PortFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortFailure(Throwable cause) {
    super(cause);
  }
}
