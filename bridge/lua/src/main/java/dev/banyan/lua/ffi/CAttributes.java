package dev.banyan.lua.ffi;

/** Owned by one declaration: what {@code __attribute__} says about its layout. */
final class CAttributes {
  private int align = 1;
  private boolean packed;

  int align() {
    return align;
  }

  boolean packed() {
    return packed;
  }

  void align(int bytes) {
    align = Math.max(align, bytes);
  }

  void pack() {
    packed = true;
  }

  /** Takes over what others say. */
  void addAll(CAttributes others) {
    align(others.align);
    packed |= others.packed;
  }
}
