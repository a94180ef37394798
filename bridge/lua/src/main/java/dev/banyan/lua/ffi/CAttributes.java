package dev.banyan.lua.ffi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Owned by one declaration: what {@code __attribute__} says about its layout. */
final class CAttributes {
  private static final Pattern MODE = Pattern.compile("_*(?:V(\\d{1,9}))?([QHSD])[IF]_*");

  private int align = 1;
  private boolean packed;
  private int vector;
  private int width;

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

  /** Makes a number a vector of so many bytes, cut to a power of two. */
  void vector(int bytes) {
    vector = Integer.highestOneBit(Math.max(bytes, 0));
  }

  /** Takes a number's size from how GCC calls its machine's, vectors of them too. */
  void mode(String name) {
    Matcher mode = MODE.matcher(name);
    if (!mode.matches()) {
      return;
    }
    int size = 1 << "QHSD".indexOf(mode.group(2));
    width = size;
    if (mode.group(1) != null) {
      vector((int) Math.min(Long.parseLong(mode.group(1)) * size, Integer.MAX_VALUE));
    }
  }

  /** What they make of the type that a declaration begins with. */
  CType applied(CType type) {
    if (!type.is(CType.Kind.INTEGER) && !type.is(CType.Kind.FLOAT)) {
      return type;
    }
    CType sized = width == 0 ? type : sized(type);
    return vector > 1 && vector >= sized.size()
        ? CType.vector(sized, vector / sized.size())
        : sized;
  }

  private CType sized(CType type) {
    CType sized =
        type.is(CType.Kind.INTEGER)
            ? CType.integer(width, type.unsigned)
            : width == Float.BYTES ? CType.FLOAT : width == Double.BYTES ? CType.DOUBLE : type;
    return sized.with(type.qualifiers);
  }

  /** Takes over what others say. */
  void addAll(CAttributes others) {
    align(others.align);
    packed |= others.packed;
    vector = Math.max(vector, others.vector);
    width = Math.max(width, others.width);
  }
}
