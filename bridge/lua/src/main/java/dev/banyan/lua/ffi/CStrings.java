package dev.banyan.lua.ffi;

import org.luaj.vm2.LuaValue;

/** What C's functions on strings and bytes compute. */
final class CStrings {
  private CStrings() {}

  private static int octet(PointerData p, long more) {
    return (int) p.memory.read(p.offset + more, 1);
  }

  static long length(PointerData p) {
    return p.memory.untilZero(p.offset);
  }

  static long length(PointerData p, long most) {
    long length = 0;
    while (length < most && octet(p, length) != 0) {
      length++;
    }
    return length;
  }

  /** The order of the first two arguments' strings. */
  static long compare(CArguments c, long most, boolean anyCase) {
    PointerData a = c.pointer(1);
    PointerData b = c.pointer(2);
    for (long i = 0; i < most; i++) {
      long x = octet(a, i);
      long y = octet(b, i);
      if (anyCase) {
        x = CFunctions.lower(x);
        y = CFunctions.lower(y);
      }
      if (x != y) {
        return x - y;
      }
      if (x == 0) {
        return 0;
      }
    }
    return 0;
  }

  static long compareBytes(CArguments c) {
    PointerData a = c.pointer(1);
    PointerData b = c.pointer(2);
    long count = c.count(3);
    for (long i = 0; i < count; i++) {
      int order = Integer.compare(octet(a, i), octet(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  static LuaValue find(CArguments c) {
    PointerData p = c.pointer(1);
    long length = length(p);
    for (long i = 0; i <= length; i++) {
      if (octet(p, i) == (c.integer(2) & 0xff)) {
        return c.result(p, i);
      }
    }
    return c.nullResult();
  }

  static LuaValue findLast(CArguments c) {
    PointerData p = c.pointer(1);
    for (long i = length(p); i >= 0; i--) {
      if (octet(p, i) == (c.integer(2) & 0xff)) {
        return c.result(p, i);
      }
    }
    return c.nullResult();
  }

  static LuaValue findByte(CArguments c) {
    PointerData p = c.pointer(1);
    long wanted = c.integer(2) & 0xff;
    long count = c.count(3);
    for (long i = 0; i < count; i++) {
      if (octet(p, i) == wanted) {
        return c.result(p, i);
      }
    }
    return c.nullResult();
  }

  static boolean isSpace(int octet) {
    return octet == ' ' || (octet >= '\t' && octet <= '\r');
  }

  /** What {@code atoll} reads. */
  static long number(PointerData p) {
    long i = 0;
    while (isSpace(octet(p, i))) {
      i++;
    }
    boolean negative = octet(p, i) == '-';
    if (negative || octet(p, i) == '+') {
      i++;
    }
    long value = 0;
    for (int c = octet(p, i); c >= '0' && c <= '9'; c = octet(p, ++i)) {
      value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
  }
}
