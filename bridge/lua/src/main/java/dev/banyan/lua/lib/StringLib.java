package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.lua.DumpedFunction;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code string} library without patterns and format, and the metatable of strings. */
@SuppressWarnings("ReferenceEquality")
final class StringLib implements LuaLibrary {
  private static final LuaString[] SINGLES = singles();

  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("len", NativeFunction.one("len", s -> length(s == NONE ? LuaValue.NIL : s)));
    t.rawset("byte", NativeFunction.of("byte", StringLib::bytes));
    t.rawset("char", NativeFunction.of("char", StringLib::chars));
    t.rawset("sub", NativeFunction.three("sub", StringLib::sub));
    t.rawset("upper", NativeFunction.one("upper", s -> shift(s, 'a', 'z', -32)));
    t.rawset("lower", NativeFunction.one("lower", s -> shift(s, 'A', 'Z', 32)));
    t.rawset("reverse", NativeFunction.one("reverse", StringLib::reverse));
    t.rawset("rep", NativeFunction.of("rep", args -> rep(vm, args)));
    t.rawset("dump", NativeFunction.of("dump", StringLib::dump));
    new Patterns(vm).open(t);
    t.rawset("format", NativeFunction.of("format", args -> new Format(vm, args).run()));
    vm.modules().library("string", t);
    vm.stringMetatable().rawset("__index", t);
  }

  private static LuaString[] singles() {
    LuaString[] all = new LuaString[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = LuaString.valueUsing(new byte[] {(byte) i});
    }
    return all;
  }

  private static LuaValue length(LuaValue s) {
    return LuaInteger.valueOf(LuaArgs.checkString(s, 1).m_length);
  }

  private static Varargs bytes(Varargs args) {
    LuaString s = LuaArgs.checkString(args, 1);
    int from = position(LuaArgs.optInt(args, 2, 1), s.m_length);
    int to = position(LuaArgs.optInt(args, 3, from), s.m_length);
    from = Math.max(from, 1);
    to = Math.min(to, s.m_length);
    if (from > to) {
      return NONE;
    }
    if (from == to) {
      return LuaInteger.valueOf(s.luaByte(from - 1));
    }
    if (to - from >= 8000) {
      throw LuaErrors.raise("string slice too long");
    }
    LuaValue[] values = new LuaValue[to - from + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = LuaInteger.valueOf(s.luaByte(from - 1 + i));
    }
    return LuaValue.varargsOf(values);
  }

  private static Varargs chars(Varargs args) {
    byte[] bytes = new byte[args.narg()];
    for (int i = 0; i < bytes.length; i++) {
      int value = LuaArgs.checkInt(args, i + 1);
      if (value < 0 || value > 255) {
        throw LuaErrors.argument(i + 1, "invalid value");
      }
      bytes[i] = (byte) value;
    }
    return bytes.length == 1 ? SINGLES[bytes[0] & 0xff] : LuaString.valueUsing(bytes);
  }

  /** A position counted from the start, negative ones given from the end. */
  static int position(int position, int length) {
    return position >= 0 ? position : Math.max(position + length + 1, 0);
  }

  private static LuaValue sub(LuaValue string, LuaValue first, LuaValue last) {
    LuaString s = LuaArgs.checkString(string, 1);
    int from = first instanceof LuaInteger i ? i.v : LuaArgs.checkInt(first, 2);
    int to = last.isnil() ? -1 : LuaArgs.checkInt(last, 3);
    from = Math.max(position(from, s.m_length), 1);
    to = Math.min(to < 0 ? to + s.m_length + 1 : to, s.m_length);
    if (from > to) {
      return LuaValue.EMPTYSTRING;
    }
    if (from == to) {
      return SINGLES[s.luaByte(from - 1)];
    }
    return from == 1 && to == s.m_length ? s : s.substring(from - 1, to);
  }

  private static LuaValue shift(LuaValue string, int low, int high, int by) {
    LuaString s = LuaArgs.checkString(string, 1);
    byte[] bytes = LuaText.bytes(s);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= low && bytes[i] <= high) {
        bytes[i] += (byte) by;
      }
    }
    return LuaString.valueUsing(bytes);
  }

  private static LuaValue reverse(LuaValue string) {
    byte[] bytes = LuaText.bytes(LuaArgs.checkString(string, 1));
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte b = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = b;
    }
    return LuaString.valueUsing(bytes);
  }

  private static Varargs rep(LuaVm vm, Varargs args) {
    LuaString s = LuaArgs.checkString(args, 1);
    int count = LuaArgs.checkInt(args, 2);
    LuaString separator = LuaArgs.optString(args, 3, LuaValue.EMPTYSTRING);
    if (count <= 0) {
      return LuaValue.EMPTYSTRING;
    }
    long total = (long) s.m_length * count + (long) separator.m_length * (count - 1);
    vm.checkStringSize(total);
    if (total == 0) {
      return LuaValue.EMPTYSTRING;
    }
    byte[] bytes = new byte[(int) total];
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        System.arraycopy(separator.m_bytes, separator.m_offset, bytes, at, separator.m_length);
        at += separator.m_length;
      }
      System.arraycopy(s.m_bytes, s.m_offset, bytes, at, s.m_length);
      at += s.m_length;
    }
    return LuaString.valueUsing(bytes);
  }

  private static Varargs dump(Varargs args) {
    LuaString dumped =
        DumpedFunction.dump(LuaArgs.checkFunction(args, 1), LuaArgs.arg(args, 2).toboolean());
    if (dumped == null) {
      throw LuaErrors.raise("unable to dump given function");
    }
    return dumped;
  }
}
