package dev.banyan.lua.ffi;

/** A constant of a declaration: 32 bits, as LuaJIT computes with them. */
record CConstant(int value, boolean unsigned) {
  static final CConstant ZERO = new CConstant(0, false);

  static CConstant of(boolean truth) {
    return new CConstant(truth ? 1 : 0, false);
  }

  /** The number that it is. */
  long number() {
    return unsigned ? Integer.toUnsignedLong(value) : value;
  }

  boolean isTrue() {
    return value != 0;
  }
}
