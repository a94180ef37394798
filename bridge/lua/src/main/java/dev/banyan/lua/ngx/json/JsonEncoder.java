package dev.banyan.lua.ngx.json;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NullPointer;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: writes Lua values as JSON, in lua-cjson's way. */
final class JsonEncoder {
  /** What {@link #listLength} answers for a table that is not a list. */
  private static final int NOT_A_LIST = -1;

  private static final String HEX = "0123456789abcdef";
  private static final String[] ESCAPES = escapes();

  private final LuaVm vm;
  private final JsonConfig config;
  private final ArrayMarks marks;
  private final JsonOutput out = new JsonOutput();

  JsonEncoder(LuaVm vm, JsonConfig config, ArrayMarks marks) {
    this.vm = vm;
    this.config = config;
    this.marks = marks;
  }

  private static String[] escapes() {
    String[] escapes = new String[128];
    for (int c = 0; c < ' '; c++) {
      escapes[c] = "\\u00" + HEX.charAt(c >> 4) + HEX.charAt(c & 15);
    }
    escapes[127] = "\\u007f";
    escapes['\b'] = "\\b";
    escapes['\t'] = "\\t";
    escapes['\n'] = "\\n";
    escapes['\f'] = "\\f";
    escapes['\r'] = "\\r";
    escapes['"'] = "\\\"";
    escapes['\\'] = "\\\\";
    escapes['/'] = "\\/";
    return escapes;
  }

  LuaString encode(LuaValue value) {
    out.clear();
    write(value, 0);
    return out.toLua();
  }

  private void write(LuaValue value, int depth) {
    if (value instanceof LuaString string) {
      writeString(string);
    } else if (value instanceof LuaNumber number) {
      writeNumber(number);
    } else if (value instanceof LuaTable table) {
      writeTable(table, depth + 1);
    } else if (value.isboolean()) {
      out.add(value.toboolean() ? "true" : "false");
    } else if (value.isnil() || value instanceof NullPointer) {
      out.add("null");
    } else if (marks.isEmptyArray(value)) {
      out.add("[]");
    } else {
      throw refuse(value, "type not supported");
    }
  }

  private static LuaError refuse(LuaValue value, String why) {
    return LuaErrors.raise("Cannot serialise " + value.typename() + ": " + why);
  }

  private void writeString(LuaString string) {
    out.add('"');
    byte[] bytes = string.m_bytes;
    int end = string.m_offset + string.m_length;
    int plain = string.m_offset;
    for (int i = plain; i < end; i++) {
      int c = bytes[i];
      String escape = c >= 0 ? ESCAPES[c] : null;
      if (escape != null && (c != '/' || config.escapeSlash)) {
        out.add(bytes, plain, i - plain);
        out.add(escape);
        plain = i + 1;
      }
    }
    out.add(bytes, plain, end - plain);
    out.add('"');
  }

  private void writeNumber(LuaNumber number) {
    double d = number.todouble();
    if (Double.isNaN(d) || Double.isInfinite(d)) {
      switch (config.encodeInvalid) {
        case REFUSE -> throw refuse(number, "must not be NaN or Inf");
        case WRITE -> {}
        case NULL -> {
          out.add("null");
          return;
        }
      }
    }
    out.add(LuaNumbers.formatAsC(d, config.precision));
  }

  private void writeTable(LuaTable table, int depth) {
    if (depth > config.encodeDepth) {
      throw LuaErrors.raise("Cannot serialise, excessive nesting (" + depth + ")");
    }
    LuaTable metatable = Semantics.metatable(vm, table);
    if (metatable != null && marks.isArray(metatable)) {
      writeList(table, table.rawlen(), depth);
      return;
    }
    int length = listLength(table);
    if (length > 0) {
      writeList(table, length, depth);
    } else if (length == 0
        && (!config.emptyTableAsObject
            || (metatable != null && marks.isEmptyArrayMetatable(metatable)))) {
      out.add("[]");
    } else {
      writeObject(table, depth);
    }
  }

  /** The largest index of a table that has only positive integer keys and few holes. */
  private int listLength(LuaTable table) {
    double max = 0;
    int items = 0;
    if (table instanceof Table own) {
      for (int slot = own.slotFrom(0); slot >= 0; slot = own.slotFrom(slot + 1)) {
        double key = index(own.keyAt(slot));
        if (key < 1) {
          return NOT_A_LIST;
        }
        max = Math.max(max, key);
        items++;
      }
    } else {
      for (Varargs entry = table.next(LuaValue.NIL);
          !entry.arg1().isnil();
          entry = table.next(entry.arg1())) {
        double key = index(entry.arg1());
        if (key < 1) {
          return NOT_A_LIST;
        }
        max = Math.max(max, key);
        items++;
      }
    }
    boolean sparse =
        config.sparseRatio > 0
            && max > (double) items * config.sparseRatio
            && max > config.sparseSafe;
    if (sparse && !config.sparseConvert) {
      throw refuse(table, "excessively sparse array");
    }
    return sparse ? NOT_A_LIST : (int) max;
  }

  private static double index(LuaValue key) {
    double index = key instanceof LuaNumber number ? number.todouble() : 0;
    return index == Math.floor(index) && index <= Integer.MAX_VALUE ? index : 0;
  }

  private void writeList(LuaTable table, int length, int depth) {
    out.add('[');
    for (int i = 1; i <= length; i++) {
      if (i > 1) {
        out.add(',');
      }
      write(table.rawget(i), depth);
    }
    out.add(']');
  }

  private void writeObject(LuaTable table, int depth) {
    out.add('{');
    boolean first = true;
    if (table instanceof Table own) {
      for (int slot = own.slotFrom(0); slot >= 0; slot = own.slotFrom(slot + 1)) {
        writeField(own.keyAt(slot), own.valueAt(slot), first, depth);
        first = false;
      }
    } else {
      for (Varargs entry = table.next(LuaValue.NIL);
          !entry.arg1().isnil();
          entry = table.next(entry.arg1())) {
        writeField(entry.arg1(), entry.arg(2), first, depth);
        first = false;
      }
    }
    out.add('}');
  }

  private void writeField(LuaValue key, LuaValue value, boolean first, int depth) {
    if (!first) {
      out.add(',');
    }
    if (key instanceof LuaString string) {
      writeString(string);
    } else if (key instanceof LuaNumber number) {
      out.add('"');
      writeNumber(number);
      out.add('"');
    } else {
      throw refuse(key, "table key must be a number or string");
    }
    out.add(':');
    write(value, depth);
  }
}
