package dev.banyan.lua.lib;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.luaj.vm2.LuaString;

/** Grows a Lua string byte by byte, up to the machine's bound on strings. */
final class ByteBuilder {
  private final LuaVm vm;
  private byte[] bytes;
  private int length;

  ByteBuilder(LuaVm vm, int capacity) {
    this.vm = vm;
    this.bytes = LuaText.room(capacity);
  }

  ByteBuilder append(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
    return this;
  }

  ByteBuilder append(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    return this;
  }

  ByteBuilder append(LuaString s) {
    return append(s.m_bytes, s.m_offset, s.m_length);
  }

  ByteBuilder append(String octets) {
    return append(octets.getBytes(StandardCharsets.ISO_8859_1), 0, octets.length());
  }

  int length() {
    return length;
  }

  LuaString toLua() {
    return LuaText.using(bytes, length);
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      long wanted = (long) length + count;
      vm.checkStringSize(wanted);
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(wanted, 2L * length)));
    }
  }
}
