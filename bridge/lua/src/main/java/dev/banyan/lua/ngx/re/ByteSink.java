package dev.banyan.lua.ngx.re;

import java.util.Arrays;
import org.luaj.vm2.LuaString;

/** A growing array of bytes that becomes a Lua string. */
final class ByteSink {
  private byte[] bytes;
  private int length;

  ByteSink(int expected) {
    bytes = new byte[expected];
  }

  void append(byte[] from, int offset, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  LuaString toLua() {
    return LuaString.valueUsing(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }
}
