package dev.banyan.lua.ffi;

/**
 * A member as it is declared.
 *
 * @param bits how long a bit field is, {@link CField#NO_BITS} for all other members
 * @param align what its attributes ask for, 1 for nothing
 * @param packed whether its attributes take its type's alignment away
 */
record CMember(String name, CType type, int bits, int align, boolean packed) {
  boolean isBits() {
    return bits != CField.NO_BITS;
  }
}
