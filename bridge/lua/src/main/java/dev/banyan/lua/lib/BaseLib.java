package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Lua's base functions, loading of chunks and environments aside. */
@SuppressWarnings("ReferenceEquality")
final class BaseLib implements LuaLibrary {
  private static final LuaString TOSTRING = LuaText.of("tostring");

  @Override
  public void open(LuaVm vm) {
    Table g = vm.globals();
    g.rawset("assert", NativeFunction.of("assert", args -> assertTrue(vm, args)));
    g.rawset("error", NativeFunction.of("error", args -> error(vm, args)));
    g.rawset("getmetatable", NativeFunction.one("getmetatable", v -> getmetatable(vm, v)));
    g.rawset("setmetatable", NativeFunction.two("setmetatable", (t, m) -> setmetatable(vm, t, m)));
    g.rawset("rawget", NativeFunction.two("rawget", BaseLib::rawget));
    g.rawset("rawset", NativeFunction.three("rawset", BaseLib::rawset));
    g.rawset("rawequal", NativeFunction.of("rawequal", BaseLib::rawequal));
    g.rawset("type", NativeFunction.one("type", BaseLib::type));
    g.rawset("tostring", NativeFunction.one("tostring", v -> tostring(vm, v)));
    g.rawset("tonumber", NativeFunction.two("tonumber", BaseLib::tonumber));
    g.rawset("select", NativeFunction.of("select", BaseLib::select));
    g.rawset("print", NativeFunction.of("print", args -> print(vm, args)));
    new ProtectedCalls(vm).open(g);
    new Iteration(vm).open(g);
  }

  /** What is no text is raised as LuaJIT does it: whatever came last. */
  private static Varargs assertTrue(LuaVm vm, Varargs args) {
    if (LuaArgs.checkAny(args, 1).toboolean()) {
      return args;
    }
    int count = args.narg();
    LuaValue message = count < 2 ? LuaText.of("assertion failed!") : args.arg(2);
    return message.isstring()
        ? raise(LuaText.of(vm.where(1) + LuaText.latin1(message)), args, count)
        : raise(args.arg(count), args, count - 1);
  }

  /** What is left are the arguments, of which the second is a text by now. */
  private static Varargs raise(LuaValue error, Varargs args, int count) {
    LuaValue[] left = new LuaValue[count];
    for (int i = 0; i < count; i++) {
      LuaValue value = args.arg(i + 1);
      left[i] = i == 1 && value.isnumber() ? LuaText.string(value) : value;
    }
    throw LuaErrors.leaving(error, varargsOf(left));
  }

  private static Varargs error(LuaVm vm, Varargs args) {
    LuaValue value = args.arg1();
    int level = LuaArgs.optInt(args, 2, 1);
    if (value.isstring() && level > 0) {
      throw LuaErrors.leaving(LuaText.of(vm.where(level) + LuaText.latin1(value)), value);
    }
    throw LuaErrors.value(value);
  }

  private static LuaValue getmetatable(LuaVm vm, LuaValue value) {
    if (value == NONE) {
      throw LuaErrors.argument(1, "value expected");
    }
    LuaTable metatable = Semantics.metatable(vm, value);
    if (metatable == null) {
      return NIL;
    }
    LuaValue guard = metatable.rawget(LuaValue.METATABLE);
    return guard.isnil() ? metatable : guard;
  }

  private static LuaValue setmetatable(LuaVm vm, LuaValue value, LuaValue metatable) {
    LuaTable table = LuaArgs.checkTable(value, 1);
    if (!metatable.istable() && (metatable == NONE || !metatable.isnil())) {
      throw LuaErrors.argument(2, "nil or table expected");
    }
    if (!Semantics.metamethod(vm, table, LuaValue.METATABLE).isnil()) {
      throw LuaErrors.raise("cannot change a protected metatable");
    }
    table.setmetatable(metatable.isnil() ? null : metatable);
    return table;
  }

  private static LuaValue rawget(LuaValue table, LuaValue key) {
    LuaTable t = LuaArgs.checkTable(table, 1);
    requireAny(key, 2);
    return t.rawget(key);
  }

  private static LuaValue rawset(LuaValue table, LuaValue key, LuaValue value) {
    LuaTable t = LuaArgs.checkTable(table, 1);
    requireAny(key, 2);
    requireAny(value, 3);
    t.rawset(key, value);
    return t;
  }

  private static void requireAny(LuaValue value, int index) {
    if (value == NONE) {
      throw LuaErrors.argument(index, "value expected");
    }
  }

  private static Varargs rawequal(Varargs args) {
    LuaValue a = LuaArgs.checkAny(args, 1);
    return LuaValue.valueOf(Semantics.rawEqual(a, LuaArgs.checkAny(args, 2)));
  }

  private static final LuaString CDATA = LuaText.of("cdata");
  private static final LuaString[] TYPE_NAMES = typeNames();

  private static LuaString[] typeNames() {
    String[] names = {
      "nil", "boolean", "userdata", "number", "string", "table", "function", "userdata", "thread"
    };
    LuaString[] strings = new LuaString[names.length];
    for (int i = 0; i < names.length; i++) {
      strings[i] = LuaText.of(names[i]);
    }
    return strings;
  }

  private static LuaValue type(LuaValue value) {
    if (value == NONE) {
      throw LuaErrors.argument(1, "value expected");
    }
    return value instanceof CData ? CDATA : TYPE_NAMES[value.type()];
  }

  private static LuaValue tostring(LuaVm vm, LuaValue value) {
    if (value == NONE) {
      throw LuaErrors.argument(1, "value expected");
    }
    return Semantics.tostring(vm, value);
  }

  private static LuaValue tonumber(LuaValue value, LuaValue base) {
    if (base.isnil()) {
      if (value == NONE) {
        throw LuaErrors.argument(1, "value expected");
      }
      LuaNumber number = Semantics.tonumber(value);
      return number == null ? NIL : number;
    }
    int radix = LuaArgs.checkInt(base, 2);
    if (radix == 10) {
      LuaNumber number = Semantics.tonumber(value);
      return number == null ? NIL : number;
    }
    LuaString digits = LuaArgs.checkString(value, 1);
    if (radix < 2 || radix > 36) {
      throw LuaErrors.argument(2, "base out of range");
    }
    return Radix.parse(digits, radix);
  }

  private static Varargs select(Varargs args) {
    LuaValue n = LuaArgs.arg(args, 1);
    if (n instanceof LuaString s && s.m_length == 1 && s.luaByte(0) == '#') {
      return LuaInteger.valueOf(args.narg() - 1);
    }
    int index = LuaArgs.checkInt(args, 1);
    if (index < 0) {
      index = args.narg() + index;
    } else if (index > args.narg()) {
      return NONE;
    }
    if (index < 1) {
      throw LuaErrors.argument(1, "index out of range");
    }
    return args.subargs(index + 1);
  }

  private static Varargs print(LuaVm vm, Varargs args) {
    LuaValue tostring = vm.globals().rawget(TOSTRING);
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= args.narg(); i++) {
      LuaValue text = Semantics.call(vm, tostring, args.arg(i)).arg1();
      if (!text.isstring()) {
        throw LuaErrors.raise("'tostring' must return a string to 'print'");
      }
      line.append(i > 1 ? "\t" : "").append(LuaText.latin1(text));
    }
    vm.options().print().accept(line.toString());
    return NONE;
  }

  /** The results of a call that failed: false and the error value. */
  static Varargs failure(LuaValue value) {
    return varargsOf(LuaValue.FALSE, value);
  }
}
