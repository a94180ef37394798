package dev.banyan.lua.ngx.json;

import java.util.Arrays;
import org.luaj.vm2.LuaString;

/** Owned by one worker: the growing text of one encoding. */
final class JsonOutput {
  /** A larger buffer is not kept for the next encoding. */
  private static final int LARGEST_KEPT = 1 << 16;

  private byte[] bytes = new byte[256];
  private int length;

  void clear() {
    length = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[256];
    }
  }

  void add(int octet) {
    room(1);
    bytes[length++] = (byte) octet;
  }

  @SuppressWarnings("deprecation") // the text is ASCII: its low bytes are the text
  void add(String ascii) {
    int count = ascii.length();
    room(count);
    ascii.getBytes(0, count, bytes, length);
    length += count;
  }

  void add(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }

  LuaString toLua() {
    return LuaString.valueUsing(Arrays.copyOf(bytes, length));
  }
}
