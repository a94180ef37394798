package dev.banyan.duel.wire;

/** What a target sent is not HTTP. */
final class MalformedAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedAnswer(String what) {
    super(what);
  }
}
