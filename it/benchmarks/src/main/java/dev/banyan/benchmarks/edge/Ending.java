package dev.banyan.benchmarks.edge;

/** Ends a handler, as {@code ngx.exit} and its kin do; without a stack trace. */
final class Ending extends Error {
  private static final long serialVersionUID = 1L;

  private final int status;

  Ending(int status) {
    super("status " + status, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
