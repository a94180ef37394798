package dev.banyan.gateway;

/** Owned by its request's loop: the piece that {@code body_filter_by_lua} works on. */
final class FilterPiece {
  private byte[] bytes = new byte[0];
  private boolean last;

  byte[] bytes() {
    return bytes;
  }

  void bytes(byte[] changed) {
    bytes = changed;
  }

  boolean last() {
    return last;
  }

  void last(boolean changed) {
    last = changed;
  }
}
