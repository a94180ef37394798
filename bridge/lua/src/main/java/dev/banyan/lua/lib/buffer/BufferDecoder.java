package dev.banyan.lua.lib.buffer;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.NullPointer;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaValue;

/** Reads values in LuaJIT's serialization format. */
final class BufferDecoder {
  private static final int DEEPEST = 100;

  private final ByteQueue in;
  private final BufferOptions options;

  BufferDecoder(ByteQueue in, BufferOptions options) {
    this.in = in;
    this.options = options;
  }

  LuaValue decode() {
    return decode(0);
  }

  private LuaValue decode(int depth) {
    if (depth > DEEPEST) {
      throw LuaErrors.raise("too deep to serialize");
    }
    int tag = unsigned();
    if (tag >= Wire.STRING) {
      need(tag - Wire.STRING);
      return in.take(tag - Wire.STRING);
    }
    return switch (tag) {
      case Wire.NIL -> LuaValue.NIL;
      case Wire.FALSE -> LuaValue.FALSE;
      case Wire.TRUE -> LuaValue.TRUE;
      case Wire.NULL -> NullPointer.NULL;
      case Wire.INTEGER -> LuaNumbers.of((long) (int) fixed(4));
      case Wire.NUMBER -> LuaNumbers.of(Double.longBitsToDouble(fixed(8)));
      case Wire.SIGNED -> Int64.signed(fixed(8));
      case Wire.UNSIGNED -> Int64.unsigned(fixed(8));
      case Wire.KNOWN_STRING -> options.string(unsigned());
      case Wire.KNOWN_METATABLE -> withMetatable(depth);
      default -> {
        if (tag < Wire.EMPTY || tag > Wire.LIST_FROM_ONE + 1) {
          throw LuaErrors.raise("cannot deserialize tag 0x%02x".formatted(tag));
        }
        yield table(tag, depth + 1);
      }
    };
  }

  private LuaValue withMetatable(int depth) {
    LuaValue metatable = options.metatable(unsigned());
    LuaValue value = decode(depth);
    if (value instanceof Table table) {
      table.setmetatable(metatable);
    }
    return value;
  }

  private Table table(int tag, int depth) {
    Table table = new Table();
    int end = tag >= Wire.LIST_FROM_ZERO ? unsigned() : 0;
    boolean fields =
        tag == Wire.FIELDS || tag == Wire.LIST_FROM_ZERO + 1 || tag == Wire.LIST_FROM_ONE + 1;
    int left = fields ? unsigned() : 0;
    for (int i = tag < Wire.LIST_FROM_ONE ? 0 : 1; i < end; i++) {
      table.rawset(i, decode(depth));
    }
    for (; left > 0; left--) {
      LuaValue key = decode(depth);
      if (key.isnil()) {
        throw LuaErrors.raise("table index is nil");
      }
      if (!table.rawget(key).isnil()) {
        throw LuaErrors.raise("duplicate table key");
      }
      table.rawset(key, decode(depth));
    }
    return table;
  }

  private int unsigned() {
    need(1);
    int first = in.take();
    if (first < Wire.TWO_BYTES) {
      return first;
    }
    if (first != Wire.LONG_LENGTH) {
      need(1);
      return ((first & 0x1f) << 8) + in.take() + Wire.TWO_BYTES;
    }
    return (int) Math.min(fixed(4), Integer.MAX_VALUE);
  }

  private long fixed(int count) {
    need(count);
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (long) in.take() << (8 * i);
    }
    return bits;
  }

  private void need(int count) {
    if (in.length() < count) {
      throw LuaErrors.raise("unexpected end of buffer");
    }
  }
}
