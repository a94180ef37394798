package dev.banyan.lua.lib.buffer;

import dev.banyan.lua.LuaVm;
import dev.banyan.lua.ffi.FfiLibrary;
import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: bytes that are added at one end and taken at the other. */
final class ByteQueue {
  private static final int LEAST_RESERVED = 32;
  private static final byte[] NOTHING = new byte[0];

  private final LuaVm vm;
  private byte[] bytes = NOTHING;
  private int start;
  private int end;

  ByteQueue(LuaVm vm) {
    this.vm = vm;
  }

  int length() {
    return end - start;
  }

  void clear() {
    start = 0;
    end = 0;
  }

  /** Empties it and gives its memory back. */
  void release() {
    clear();
    bytes = NOTHING;
  }

  void put(LuaString text) {
    room(text.m_length);
    System.arraycopy(text.m_bytes, text.m_offset, bytes, end, text.m_length);
    end += text.m_length;
  }

  /** Makes room for so many bytes and more, and tells for how many. */
  int reserve(int count) {
    int size = LEAST_RESERVED;
    while (size < (long) length() + count && size < Integer.MAX_VALUE / 2) {
      size *= 2;
    }
    vm.checkStringSize((long) length() + count);
    if (count > bytes.length - end) {
      vm.checkStringSize(size);
      byte[] to = new byte[Math.max(size, length() + count)];
      System.arraycopy(bytes, start, to, 0, length());
      end -= start;
      start = 0;
      bytes = to;
    }
    return bytes.length - end;
  }

  /** A pointer to the room behind the last byte. */
  LuaValue reserved() {
    return FfiLibrary.pointer(bytes, end, bytes.length - end);
  }

  /** A pointer to the first byte. */
  LuaValue first() {
    return FfiLibrary.pointer(bytes, start, length());
  }

  /** Takes bytes that were written into the room as put; false for more than that. */
  boolean commit(int count) {
    if (count > bytes.length - end) {
      return false;
    }
    end += count;
    return true;
  }

  void put(int octet) {
    room(1);
    bytes[end++] = (byte) octet;
  }

  private void room(int count) {
    vm.checkStringSize((long) length() + count);
    if (end + count <= bytes.length) {
      return;
    }
    int length = length();
    byte[] to =
        length + count <= bytes.length / 2 ? bytes : new byte[Math.max(32, 2 * (length + count))];
    System.arraycopy(bytes, start, to, 0, length);
    bytes = to;
    start = 0;
    end = length;
  }

  int take() {
    return bytes[start++] & 0xff;
  }

  LuaString take(int count) {
    int taken = Math.min(count, length());
    LuaString text = LuaString.valueUsing(Arrays.copyOfRange(bytes, start, start + taken));
    skip(taken);
    return text;
  }

  void skip(int count) {
    start += Math.min(count, length());
    if (start == end) {
      clear();
    }
  }

  LuaString text() {
    return LuaString.valueUsing(Arrays.copyOfRange(bytes, start, end));
  }
}
