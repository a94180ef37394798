package dev.banyan.vectors;

/** Says which file or folder holds no vectors that can be used, and what to do. */
public final class BadVector extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a whole sentence. */
  public BadVector(String message) {
    super(message);
  }
}
