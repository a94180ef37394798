package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NullPointer;
import java.util.Arrays;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Not thread-safe, used within one call: bytes made of Lua values as {@code ngx.print} does. */
final class ByteText {
  private byte[] buffer = new byte[128];
  private int size;

  /** Appends a value; {@code argument} is its number in errors. */
  void value(LuaValue value, int argument) {
    if (!plain(value)) {
      if (value instanceof LuaTable table) {
        list(table, argument, false);
      } else {
        throw LuaErrors.argument(
            argument,
            "string, number, boolean, nil, ngx.null, or array table expected, but got "
                + value.typename());
      }
    }
  }

  /** Appends a value that is no list; false for a type that can not be printed. */
  boolean plain(LuaValue value) {
    switch (value) {
      case LuaString s -> append(s.m_bytes, s.m_offset, s.m_length);
      case LuaNumber n -> text(number(n.todouble()));
      case NullPointer n -> text("null");
      default -> {
        if (value.isnil()) {
          text("nil");
        } else if (value.isboolean()) {
          text(value.toboolean() ? "true" : "false");
        } else {
          return false;
        }
      }
    }
    return true;
  }

  private static String number(double n) {
    return n == (int) n ? Integer.toString((int) n) : LuaNumbers.formatAsC(n);
  }

  /** Appends a list's items; {@code strict} takes strings and numbers only. */
  void list(LuaTable table, int argument, boolean strict) {
    int last = lastIndex(table, argument);
    for (int i = 1; i <= last; i++) {
      LuaValue item = table.rawget(i);
      if (item instanceof LuaTable nested) {
        list(nested, argument, strict);
      } else if ((strict && !item.isstring()) || !plain(item)) {
        throw LuaErrors.argument(argument, "bad data type " + item.typename() + " found");
      }
    }
  }

  private static int lastIndex(LuaTable table, int argument) {
    int last = 0;
    for (Varargs entry = table.next(LuaValue.NIL);
        !entry.arg1().isnil();
        entry = table.next(entry.arg1())) {
      LuaValue key = entry.arg1();
      double index = key instanceof LuaNumber ? key.todouble() : 0;
      if (index < 1 || index != Math.floor(index)) {
        throw LuaErrors.argument(argument, "non-array table found");
      }
      last = Math.max(last, (int) index);
    }
    return last;
  }

  void text(String octets) {
    ensure(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      buffer[size++] = (byte) octets.charAt(i);
    }
  }

  void octet(int octet) {
    ensure(1);
    buffer[size++] = (byte) octet;
  }

  void append(byte[] bytes, int offset, int length) {
    ensure(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
  }

  void append(LuaValue value) {
    LuaString s = LuaText.string(value);
    append(s.m_bytes, s.m_offset, s.m_length);
  }

  int length() {
    return size;
  }

  byte[] bytes() {
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }

  private void ensure(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
  }
}
