package dev.banyan.lua.lib;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaNumbers;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Reads integers of bases other than ten, as C's strtoul does: what is too much is the most. */
final class Radix {
  private Radix() {}

  static LuaValue parse(LuaString text, int radix) {
    int at = text.m_offset;
    int end = at + text.m_length;
    byte[] bytes = text.m_bytes;
    for (int zero = at; zero < end; zero++) {
      end = bytes[zero] == 0 ? zero : end; // C's texts end there
    }
    while (at < end && LuaNumbers.isSpace(bytes[at])) {
      at++;
    }
    while (end > at && LuaNumbers.isSpace(bytes[end - 1])) {
      end--;
    }
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (negative || bytes[at] == '+')) {
      at++;
    }
    if (radix == 16 && end - at > 2 && bytes[at] == '0' && (bytes[at + 1] | 32) == 'x') {
      at += 2;
    }
    if (at == end) {
      return LuaValue.NIL;
    }
    long value = 0;
    boolean tooMuch = false;
    for (; at < end; at++) {
      int digit = Character.digit(bytes[at], radix);
      if (digit < 0) {
        return LuaValue.NIL;
      }
      tooMuch |= Math.unsignedMultiplyHigh(value, radix) != 0;
      value *= radix;
      tooMuch |= Long.compareUnsigned(value + digit, value) < 0;
      value += digit;
    }
    double number = Int64.toDouble(tooMuch ? -1 : value, true);
    return LuaNumbers.of(negative ? -number : number);
  }
}
