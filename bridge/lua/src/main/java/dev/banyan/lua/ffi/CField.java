package dev.banyan.lua.ffi;

/**
 * A member of a struct or union.
 *
 * @param name empty for a member without a name, whose own members are its owner's
 * @param offset in bytes; of a bit field that of the integer which holds it
 * @param bit where in that integer a bit field begins
 * @param bits how long a bit field is; {@link #NO_BITS} for all other members
 */
record CField(String name, CType type, int offset, int bit, int bits) {
  static final int NO_BITS = -1;

  boolean isBits() {
    return bits != NO_BITS;
  }

  /** The same member of what lies {@code more} bytes into the owner. */
  CField within(int more) {
    return new CField(name, type, offset + more, bit, bits);
  }
}
