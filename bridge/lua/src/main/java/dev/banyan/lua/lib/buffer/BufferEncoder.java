package dev.banyan.lua.lib.buffer;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NullPointer;
import dev.banyan.lua.Semantics;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Writes values in LuaJIT's serialization format. */
final class BufferEncoder {
  private static final int DEEPEST = 100;

  private final LuaVm vm;
  private final ByteQueue out;
  private final BufferOptions options;

  BufferEncoder(LuaVm vm, ByteQueue out, BufferOptions options) {
    this.vm = vm;
    this.out = out;
    this.options = options;
  }

  void encode(LuaValue value) {
    encode(value, 0);
  }

  private void encode(LuaValue value, int depth) {
    if (value instanceof LuaString text) {
      string(text);
    } else if (value instanceof LuaNumber number) {
      out.put(Wire.NUMBER);
      fixed(Double.doubleToRawLongBits(number.todouble()), 8);
    } else if (value instanceof LuaTable table) {
      if (depth >= DEEPEST) {
        throw LuaErrors.raise("too deep to serialize");
      }
      table(table, depth + 1);
    } else if (value.isnil()) {
      out.put(Wire.NIL);
    } else if (value.isboolean()) {
      out.put(value.toboolean() ? Wire.TRUE : Wire.FALSE);
    } else if (value instanceof Int64 integer) {
      out.put(integer.isUnsigned() ? Wire.UNSIGNED : Wire.SIGNED);
      fixed(integer.bits(), 8);
    } else if (value instanceof NullPointer) {
      out.put(Wire.NULL);
    } else {
      throw LuaErrors.raise("cannot serialize '" + value.typename() + "'");
    }
  }

  private void string(LuaString text) {
    unsigned(Wire.STRING + text.m_length);
    out.put(text);
  }

  /** Only keys are looked up among the known strings. */
  private void key(LuaValue key, int depth) {
    int known = key instanceof LuaString text ? options.string(text) : -1;
    if (known >= 0) {
      out.put(Wire.KNOWN_STRING);
      unsigned(known);
    } else {
      encode(key, depth);
    }
  }

  private void table(LuaTable table, int depth) {
    LuaTable metatable = Semantics.metatable(vm, table);
    int known = metatable == null ? -1 : options.metatable(metatable);
    if (known >= 0) {
      out.put(Wire.KNOWN_METATABLE);
      unsigned(known);
    }
    int length = table.rawlen();
    boolean zero = !table.rawget(0).isnil();
    int fields = fields(table, length, null, depth);
    boolean list = length > 0 || zero;
    int base = zero ? Wire.LIST_FROM_ZERO : Wire.LIST_FROM_ONE;
    int listTag = fields > 0 ? base + 1 : base;
    out.put(list ? listTag : fields > 0 ? Wire.FIELDS : Wire.EMPTY);
    if (list) {
      unsigned(length + 1);
    }
    if (fields > 0) {
      unsigned(fields);
    }
    if (list) {
      for (int i = zero ? 0 : 1; i <= length; i++) {
        encode(table.rawget(i), depth);
      }
    }
    if (fields > 0) {
      fields(table, length, this, depth);
    }
  }

  /** Counts the entries beside the list, and writes them where a writer is given. */
  private static int fields(LuaTable table, int length, @Nullable BufferEncoder writer, int depth) {
    int count = 0;
    for (Varargs entry = table.next(LuaValue.NIL);
        !entry.arg1().isnil();
        entry = table.next(entry.arg1())) {
      double index = entry.arg1() instanceof LuaNumber number ? number.todouble() : -1;
      if (index < 0 || index > length || index != Math.floor(index)) {
        count++;
        if (writer != null) {
          writer.key(entry.arg1(), depth);
          writer.encode(entry.arg(2), depth);
        }
      }
    }
    return count;
  }

  private void unsigned(int value) {
    if (value < Wire.TWO_BYTES) {
      out.put(value);
    } else if (value < Wire.FIVE_BYTES) {
      int rest = value - Wire.TWO_BYTES;
      out.put(Wire.TWO_BYTES | rest >> 8);
      out.put(rest);
    } else {
      out.put(Wire.LONG_LENGTH);
      fixed(value, 4);
    }
  }

  private void fixed(long bits, int count) {
    for (int i = 0; i < count; i++) {
      out.put((int) (bits >> (8 * i)));
    }
  }
}
