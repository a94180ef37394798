package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What Lua's operators mean where the interpreter's fast paths end: metamethods, coercions, errors.
 *
 * <p>Natives use these too: LuaJ's own operators know neither a worker's string metatable nor
 * LuaJIT's error texts.
 */
@SuppressWarnings("ReferenceEquality")
public final class Semantics {
  private static final int CHAIN_LIMIT = 100;
  private static final LuaValue NIL = LuaValue.NIL;

  private Semantics() {}

  /** The metatable that governs a value in this machine, or null. */
  public static @Nullable LuaTable metatable(LuaVm vm, LuaValue value) {
    if (value instanceof Table table) {
      return table.meta;
    }
    if (value instanceof LuaString) {
      return vm.stringMetatable();
    }
    if (value instanceof CData) {
      return value.getmetatable() instanceof LuaTable own ? own : vm.cdataMetatable();
    }
    if (value instanceof LuaTable || value instanceof LuaUserdata) {
      return value.getmetatable() instanceof LuaTable t ? t : null;
    }
    return vm.typeMetatable(value.type());
  }

  /** The metamethod {@code name} of a value, nil when it has none. */
  public static LuaValue metamethod(LuaVm vm, LuaValue value, LuaString name) {
    LuaTable metatable = metatable(vm, value);
    return metatable == null ? NIL : metatable.rawget(name);
  }

  /** {@code object[key]}. */
  public static LuaValue index(LuaVm vm, LuaValue object, LuaValue key) {
    LuaValue o = object;
    for (int i = 0; i < CHAIN_LIMIT; i++) {
      LuaValue handler;
      if (o instanceof LuaTable table) {
        LuaValue value = table.rawget(key);
        if (!value.isnil()) {
          return value;
        }
        handler = Tags.of(metatable(vm, table), Tags.INDEX);
        if (handler.isnil()) {
          return NIL;
        }
      } else {
        handler = Tags.of(metatable(vm, o), Tags.INDEX);
        if (handler.isnil()) {
          throw OperandErrors.index(vm, o, i == 0);
        }
      }
      if (handler instanceof LuaFunction function) {
        return function.call(o, key);
      }
      o = handler;
    }
    throw LuaErrors.raise("loop in gettable");
  }

  /** {@code object[key] = value}. */
  public static void setIndex(LuaVm vm, LuaValue object, LuaValue key, LuaValue value) {
    LuaValue o = object;
    for (int i = 0; i < CHAIN_LIMIT; i++) {
      LuaValue handler;
      if (o instanceof LuaTable table) {
        LuaTable metatable = metatable(vm, table);
        if (metatable == null || !table.rawget(key).isnil()) {
          table.rawset(key, value);
          return;
        }
        handler = Tags.of(metatable, Tags.NEWINDEX);
        if (handler.isnil()) {
          table.rawset(key, value);
          return;
        }
      } else {
        handler = Tags.of(metatable(vm, o), Tags.NEWINDEX);
        if (handler.isnil()) {
          throw OperandErrors.index(vm, o, i == 0);
        }
      }
      if (handler instanceof LuaFunction function) {
        function.call(o, key, value);
        return;
      }
      o = handler;
    }
    throw LuaErrors.raise("loop in settable");
  }

  /** What a call of {@code value} calls: itself, or its {@code __call} metamethod. */
  static LuaFunction callMethod(LuaVm vm, LuaValue value) {
    LuaValue handler = Tags.of(metatable(vm, value), Tags.CALL);
    if (handler instanceof LuaFunction function) {
      return function;
    }
    throw OperandErrors.call(vm, value);
  }

  /** Calls any value as Lua does. */
  public static Varargs call(LuaVm vm, LuaValue callee, Varargs args) {
    if (callee instanceof LuaFunction function) {
      return function.invoke(args);
    }
    return callMethod(vm, callee).invoke(LuaValue.varargsOf(callee, args));
  }

  /** Raw equality: numbers by value, strings by bytes, objects by identity. */
  public static boolean rawEqual(LuaValue a, LuaValue b) {
    if (a == b) {
      return !(a instanceof LuaNumber) || a.todouble() == b.todouble();
    }
    if (a instanceof LuaNumber) {
      return b instanceof LuaNumber && a.todouble() == b.todouble();
    }
    if (a instanceof LuaString s) {
      return b instanceof LuaString t && s.raweq(t);
    }
    if (a.type() == LuaValue.TBOOLEAN) {
      return b.type() == LuaValue.TBOOLEAN && a.toboolean() == b.toboolean();
    }
    return a.isnil() && b.isnil();
  }

  /** {@code a == b}. */
  public static boolean equal(LuaVm vm, LuaValue a, LuaValue b) {
    if (rawEqual(a, b)) {
      return true;
    }
    int type = a.type();
    if (type != b.type()) {
      return (a instanceof CData || b instanceof CData) && dataEqual(vm, a, b);
    }
    if (type != LuaValue.TTABLE && type != LuaValue.TUSERDATA) {
      return false;
    }
    if (a instanceof CData || b instanceof CData) {
      return dataEqual(vm, a, b);
    }
    LuaValue handler = Tags.of(metatable(vm, a), Tags.EQ);
    if (handler.isnil() || !rawEqual(handler, Tags.of(metatable(vm, b), Tags.EQ))) {
      return false;
    }
    return call(vm, handler, LuaValue.varargsOf(a, b)).arg1().toboolean();
  }

  /** What {@code tonumber(value)} answers, data of C included; null for nil. */
  public static @Nullable LuaNumber tonumber(LuaValue value) {
    return value instanceof CData data ? data.number() : LuaNumbers.parse(value);
  }

  /** {@code a == b} of a constant that is no data of C. */
  static boolean equalsConstant(LuaVm vm, LuaValue a, LuaValue b) {
    if (a instanceof LuaNumber) {
      return b instanceof LuaNumber && a.todouble() == b.todouble();
    }
    if (a instanceof LuaString s) {
      return a == b || (b instanceof LuaString t && s.raweq(t));
    }
    return a == b || (a instanceof CData ? dataEqual(vm, a, b) : rawEqual(a, b));
  }

  /** Unlike other values, data of C decides itself what it is equal to, whatever the types. */
  private static boolean dataEqual(LuaVm vm, LuaValue a, LuaValue b) {
    LuaValue handler = Tags.of(vm.cdataMetatable(), Tags.EQ);
    return !handler.isnil() && call(vm, handler, LuaValue.varargsOf(a, b)).arg1().toboolean();
  }

  /** {@code a < b}. */
  public static boolean lessThan(LuaVm vm, LuaValue a, LuaValue b) {
    if (a instanceof LuaNumber && b instanceof LuaNumber) {
      return a.todouble() < b.todouble();
    }
    if (a instanceof LuaString s && b instanceof LuaString t) {
      return compare(s, t) < 0;
    }
    LuaValue handler = comparer(vm, a, b, Tags.LT);
    if (handler == null) {
      throw OperandErrors.compare(a, b);
    }
    return call(vm, handler, LuaValue.varargsOf(a, b)).arg1().toboolean();
  }

  /** {@code a < b} for a native: where there is no order, its error tells no place in the code. */
  public static boolean precedes(LuaVm vm, LuaValue a, LuaValue b) {
    if (a instanceof LuaNumber && b instanceof LuaNumber) {
      return a.todouble() < b.todouble();
    }
    boolean ordered = a instanceof LuaString && b instanceof LuaString;
    if (!ordered && comparer(vm, a, b, Tags.LT) == null) {
      throw LuaErrors.value(LuaText.of(OperandErrors.comparison(a, b)));
    }
    return lessThan(vm, a, b);
  }

  /** {@code a <= b}. */
  public static boolean lessEqual(LuaVm vm, LuaValue a, LuaValue b) {
    if (a instanceof LuaNumber && b instanceof LuaNumber) {
      return a.todouble() <= b.todouble();
    }
    if (a instanceof LuaString s && b instanceof LuaString t) {
      return compare(s, t) <= 0;
    }
    LuaValue handler = comparer(vm, a, b, Tags.LE);
    if (handler != null) {
      return call(vm, handler, LuaValue.varargsOf(a, b)).arg1().toboolean();
    }
    handler = comparer(vm, b, a, Tags.LT);
    if (handler == null) {
      throw OperandErrors.compare(a, b);
    }
    return !call(vm, handler, LuaValue.varargsOf(b, a)).arg1().toboolean();
  }

  private static @Nullable LuaValue comparer(LuaVm vm, LuaValue a, LuaValue b, int tag) {
    if (a instanceof CData || b instanceof CData) {
      LuaValue handler = Tags.of(vm.cdataMetatable(), tag);
      return handler.isnil() ? null : handler;
    }
    if (a.type() != b.type()) {
      return null;
    }
    LuaValue handler = Tags.of(metatable(vm, a), tag);
    if (handler.isnil() || !rawEqual(handler, Tags.of(metatable(vm, b), tag))) {
      return null;
    }
    return handler;
  }

  /** The order of two strings by their unsigned bytes. */
  public static int compare(LuaString a, LuaString b) {
    return java.util.Arrays.compareUnsigned(
        a.m_bytes,
        a.m_offset,
        a.m_offset + a.m_length,
        b.m_bytes,
        b.m_offset,
        b.m_offset + b.m_length);
  }

  /** {@code #value}. */
  public static LuaValue length(LuaVm vm, LuaValue value) {
    if (value instanceof LuaTable table) {
      return LuaNumbers.of((long) table.rawlen());
    }
    if (value instanceof LuaString s) {
      return LuaNumbers.of((long) s.m_length);
    }
    LuaValue handler = Tags.of(metatable(vm, value), Tags.LEN);
    if (handler.isnil()) {
      throw OperandErrors.length(vm, value);
    }
    // LuaJIT hands on an operand that the operator doesn't have.
    return call(vm, handler, LuaValue.varargsOf(value, NIL)).arg1();
  }

  /** An arithmetic operator, named by its metamethod's tag. */
  static LuaValue arithmetic(LuaVm vm, int tag, LuaValue a, LuaValue b) {
    LuaNumber x = LuaNumbers.parse(a);
    LuaNumber y = x == null ? null : LuaNumbers.parse(b);
    if (x != null && y != null) {
      return LuaNumbers.of(compute(tag, x.todouble(), y.todouble()));
    }
    LuaValue handler = Tags.of(metatable(vm, a), tag);
    if (handler.isnil()) {
      handler = Tags.of(metatable(vm, b), tag);
      if (handler.isnil()) {
        throw OperandErrors.arithmetic(vm, a, b);
      }
    }
    return call(vm, handler, LuaValue.varargsOf(a, b)).arg1();
  }

  private static double compute(int tag, double x, double y) {
    return switch (tag) {
      case Tags.ADD -> x + y;
      case Tags.SUB -> x - y;
      case Tags.MUL -> x * y;
      case Tags.DIV -> x / y;
      case Tags.MOD -> modulo(x, y);
      case Tags.POW -> power(x, y);
      case Tags.UNM -> -x;
      default -> throw new IllegalArgumentException("not an arithmetic tag: " + tag);
    };
  }

  /** Lua's modulo, whose sign is the divisor's. */
  public static double modulo(double x, double y) {
    return x - Math.floor(x / y) * y;
  }

  /** C's pow, which answers 1 where Java's answers NaN. */
  public static double power(double x, double y) {
    if (y == 2) {
      return x * x;
    }
    if (x == 1 || (x == -1 && Double.isInfinite(y))) {
      return 1;
    }
    return Math.pow(x, y);
  }

  /** Concatenates the values of registers {@code from} to {@code to}, from the right. */
  static LuaValue concat(LuaVm vm, LuaValue[] registers, int from, int to) {
    int total = 0;
    int first = to;
    LuaValue last = registers[to];
    for (; first >= from; first--) {
      LuaValue value = registers[first];
      if (!(value instanceof LuaString)) {
        if (!(value instanceof LuaNumber)) {
          break;
        }
        value = LuaText.string(value);
        registers[first] = value;
      }
      total += ((LuaString) value).m_length;
      vm.checkStringSize(total);
    }
    if (first >= from) {
      if (first == to - 1) {
        registers[to] = last; // a metamethod gets a number as a number
      }
      return concatMixed(vm, registers, from, to);
    }
    byte[] bytes = LuaText.room(total);
    int at = 0;
    for (int i = from; i <= to; i++) {
      LuaString s = (LuaString) registers[i];
      System.arraycopy(s.m_bytes, s.m_offset, bytes, at, s.m_length);
      at += s.m_length;
    }
    return LuaText.using(bytes, total);
  }

  private static LuaValue concatMixed(LuaVm vm, LuaValue[] registers, int from, int to) {
    LuaValue result = registers[to];
    for (int i = to - 1; i >= from; i--) {
      result = concat(vm, registers[i], result, i);
    }
    return result;
  }

  /** {@code a .. b}. */
  public static LuaValue concat(LuaVm vm, LuaValue a, LuaValue b) {
    return concat(vm, a, b, -1);
  }

  private static LuaValue concat(LuaVm vm, LuaValue a, LuaValue b, int register) {
    if (a.isstring() && b.isstring()) {
      LuaString s = LuaText.string(a);
      LuaString t = LuaText.string(b);
      vm.checkStringSize((long) s.m_length + t.m_length);
      int length = s.m_length + t.m_length;
      byte[] bytes = LuaText.room(length);
      System.arraycopy(s.m_bytes, s.m_offset, bytes, 0, s.m_length);
      System.arraycopy(t.m_bytes, t.m_offset, bytes, s.m_length, t.m_length);
      return LuaText.using(bytes, length);
    }
    LuaValue handler = Tags.of(metatable(vm, a), Tags.CONCAT);
    if (handler.isnil()) {
      handler = Tags.of(metatable(vm, b), Tags.CONCAT);
      if (handler.isnil()) {
        throw OperandErrors.concat(vm, a, b, register);
      }
    }
    return call(vm, handler, LuaValue.varargsOf(a, b)).arg1();
  }

  /** {@code tostring(value)}, metamethods included; the result may be any value they return. */
  public static LuaValue tostring(LuaVm vm, LuaValue value) {
    if (value instanceof LuaString) {
      return value;
    }
    LuaValue handler = Tags.of(metatable(vm, value), Tags.TOSTRING);
    if (!handler.isnil()) {
      return call(vm, handler, value).arg1();
    }
    return LuaText.of(LuaText.display(value));
  }
}
