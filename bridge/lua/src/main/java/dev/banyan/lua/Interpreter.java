package dev.banyan.lua;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The parts of instructions that {@link BridgeClosure}'s loop keeps out of its own method. */
@SuppressWarnings({"ReferenceEquality", "StatementSwitchToExpressionSwitch"})
final class Interpreter {
  private static final LuaValue NIL = LuaValue.NIL;
  private static final LuaValue NONE = LuaValue.NONE;

  private Interpreter() {}

  static LuaValue global(LuaVm vm, LuaTable environment, LuaString name) {
    return environment instanceof Table t
        ? inherited(vm, t, name)
        : Semantics.index(vm, environment, name);
  }

  /** The value of a field that a table itself lacks: its metatable's {@code __index} has it. */
  static LuaValue inherited(LuaVm vm, Table table, LuaString name) {
    Table at = table;
    for (int i = 0; i < 100; i++) {
      LuaTable metatable = at.meta;
      if (metatable == null) {
        return NIL;
      }
      if (!(Tags.of(metatable, Tags.INDEX) instanceof Table next)) {
        return Semantics.index(vm, at, name);
      }
      LuaValue value = next.getStr(name);
      if (value != NIL) {
        return value;
      }
      at = next;
    }
    return Semantics.index(vm, at, name);
  }

  static LuaValue getUpvalueField(BridgeClosure cl, int i, LuaValue[] s) {
    int c = Code.c(i);
    LuaValue key = Code.isConstant(c) ? cl.code.k[c & 0xff] : s[c];
    int b = Code.b(i);
    LuaValue object = cl.code.isEnvironment(b) ? cl.environment : cl.upvalues[b].get();
    if (object instanceof Table t && key instanceof LuaString name) {
      LuaValue value = t.getStr(name);
      if (value != NIL || t.meta == null) {
        return value;
      }
    }
    return Semantics.index(cl.vm, object, key);
  }

  static void setUpvalueField(BridgeClosure cl, int i, LuaValue[] s) {
    int b = Code.b(i);
    int c = Code.c(i);
    LuaValue key = Code.isConstant(b) ? cl.code.k[b & 0xff] : s[b];
    LuaValue value = Code.isConstant(c) ? cl.code.k[c & 0xff] : s[c];
    int a = Code.a(i);
    LuaValue object = cl.code.isEnvironment(a) ? cl.environment : cl.upvalues[a].get();
    Semantics.setIndex(cl.vm, object, key, value);
  }

  static Table newTable(int encodedFields) {
    int fields =
        encodedFields < 8 ? encodedFields : ((encodedFields & 7) + 8) << ((encodedFields >> 3) - 1);
    return new Table(0, fields);
  }

  // ---- arithmetic

  static LuaValue number(long n) {
    int i = (int) n;
    return i == n ? LuaInteger.valueOf(i) : LuaDouble.valueOf((double) n);
  }

  static LuaValue add(LuaVm vm, LuaValue x, LuaValue y) {
    return x instanceof LuaNumber && y instanceof LuaNumber
        ? LuaNumbers.of(x.todouble() + y.todouble())
        : Semantics.arithmetic(vm, Tags.ADD, x, y);
  }

  static LuaValue subtract(LuaVm vm, LuaValue x, LuaValue y) {
    return x instanceof LuaNumber && y instanceof LuaNumber
        ? LuaNumbers.of(x.todouble() - y.todouble())
        : Semantics.arithmetic(vm, Tags.SUB, x, y);
  }

  static LuaValue multiply(LuaVm vm, LuaValue x, LuaValue y) {
    if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
      long product = (long) m.v * n.v;
      if (product != 0) {
        int i = (int) product;
        return i == product ? LuaInteger.valueOf(i) : LuaDouble.valueOf((double) m.v * n.v);
      }
    }
    return x instanceof LuaNumber && y instanceof LuaNumber
        ? LuaNumbers.of(x.todouble() * y.todouble())
        : Semantics.arithmetic(vm, Tags.MUL, x, y);
  }

  static LuaValue arithmetic(LuaVm vm, int op, LuaValue x, LuaValue y) {
    if (x instanceof LuaNumber && y instanceof LuaNumber) {
      return switch (op) {
        case Lua.OP_DIV -> LuaNumbers.of(x.todouble() / y.todouble());
        case Lua.OP_MOD -> modulo(x, y);
        default -> LuaNumbers.of(Semantics.power(x.todouble(), y.todouble()));
      };
    }
    int tag =
        switch (op) {
          case Lua.OP_DIV -> Tags.DIV;
          case Lua.OP_MOD -> Tags.MOD;
          default -> Tags.POW;
        };
    return Semantics.arithmetic(vm, tag, x, y);
  }

  private static LuaValue modulo(LuaValue x, LuaValue y) {
    if (x instanceof LuaInteger m && y instanceof LuaInteger n && n.v > 0) {
      return LuaInteger.valueOf(Math.floorMod(m.v, n.v));
    }
    return LuaNumbers.of(Semantics.modulo(x.todouble(), y.todouble()));
  }

  static LuaValue negate(LuaVm vm, LuaValue x) {
    if (x instanceof LuaInteger n && n.v != 0 && n.v != Integer.MIN_VALUE) {
      return LuaInteger.valueOf(-n.v);
    }
    return x instanceof LuaNumber
        ? LuaNumbers.of(-x.todouble())
        : Semantics.arithmetic(vm, Tags.UNM, x, x);
  }

  // ---- calls

  /** The arguments of a call at register {@code a}; with {@code b} 0 up to the open results. */
  static Varargs arguments(LuaValue[] s, int a, int b, Varargs open, int top) {
    switch (b) {
      case 0:
        int fixed = top - open.narg() - a - 1;
        return fixed <= 0 ? open : LuaValue.varargsOf(copy(s, a + 1, fixed), open);
      case 1:
        return NONE;
      case 2:
        return s[a + 1];
      case 3:
        return LuaValue.varargsOf(s[a + 1], s[a + 2]);
      default:
        return LuaValue.varargsOf(copy(s, a + 1, b - 1));
    }
  }

  private static LuaValue[] copy(LuaValue[] s, int from, int count) {
    LuaValue[] values = new LuaValue[count];
    System.arraycopy(s, from, values, 0, count);
    return values;
  }

  static Varargs invoke(
      LuaVm vm, LuaValue callee, LuaValue[] s, int a, int b, Varargs open, int top) {
    if (callee instanceof BridgeClosure f) {
      switch (b) {
        case 1:
          return f.invoke();
        case 2:
          return f.enter(s[a + 1]);
        case 3:
          return f.enter(s[a + 1], s[a + 2]);
        case 4:
          return f.enter(s[a + 1], s[a + 2], s[a + 3]);
        default:
          break;
      }
    }
    Varargs args = arguments(s, a, b, open, top);
    if (callee instanceof LuaFunction f) {
      return f.invoke(args);
    }
    return Semantics.callMethod(vm, callee).invoke(LuaValue.varargsOf(callee, args));
  }

  static void spread(Varargs values, LuaValue[] s, int a, int count) {
    switch (count) {
      case 0:
        return;
      case 1:
        LuaValue first = values.arg1();
        s[a] = first == NONE ? NIL : first;
        return;
      default:
        int given = values.narg();
        for (int j = 0; j < count; j++) {
          s[a + j] = j < given ? values.arg(j + 1) : NIL;
        }
    }
  }

  // ---- loops

  static void forPrepare(LuaVm vm, LuaValue[] s, int a) {
    LuaNumber start = forNumber(vm, s[a], "initial");
    LuaNumber limit = forNumber(vm, s[a + 1], "limit");
    LuaNumber step = forNumber(vm, s[a + 2], "step");
    if (start instanceof LuaInteger i
        && step instanceof LuaInteger j
        && Integer.MIN_VALUE <= (long) i.v - j.v
        && (long) i.v - j.v <= Integer.MAX_VALUE) {
      s[a] = LuaInteger.valueOf(i.v - j.v);
      s[a + 1] = limit instanceof LuaDouble d ? clamp(d.todouble(), j.v >= 0) : limit;
    } else {
      s[a] = new Beginning(start.todouble());
      s[a + 1] = limit;
    }
    s[a + 2] = step;
  }

  /** What a loop begins with, where a step before it would not lead to it again. */
  private static final class Beginning extends LuaValue {
    final double value;

    Beginning(double value) {
      this.value = value;
    }

    @Override
    public int type() {
      return TNUMBER;
    }

    @Override
    public String typename() {
      return "number";
    }
  }

  /** An integer limit that ends an integer loop where {@code limit} would, when there is one. */
  private static LuaNumber clamp(double limit, boolean up) {
    double whole = up ? Math.floor(limit) : Math.ceil(limit);
    return whole >= Integer.MIN_VALUE && whole <= Integer.MAX_VALUE
        ? LuaInteger.valueOf((int) whole)
        : LuaDouble.valueOf(limit);
  }

  private static LuaNumber forNumber(LuaVm vm, LuaValue value, String which) {
    LuaNumber number = LuaNumbers.parse(value);
    if (number == null) {
      String what = which.equals("initial") ? "initial value" : which;
      throw LuaErrors.raise(vm, "'for' " + what + " must be a number");
    }
    return number;
  }

  static boolean forLoop(LuaValue[] s, int a) {
    double step = s[a + 2].todouble();
    double next = s[a] instanceof Beginning first ? first.value : s[a].todouble() + step;
    double limit = s[a + 1].todouble();
    if (step >= 0 ? next <= limit : limit <= next) {
      LuaValue value = LuaNumbers.of(next);
      s[a] = value;
      s[a + 3] = value;
      return true;
    }
    return false;
  }

  /** The call of a generic for's iterator, {@code next} over a plain table done in place. */
  static void iterate(LuaVm vm, LuaValue[] s, int a, int count) {
    LuaValue iterator = s[a];
    if (iterator == vm.nextFunction && s[a + 1] instanceof Table table) {
      int slot = table.slotInLoop(s[a + 2]);
      if (slot < 0) {
        s[a + 3] = NIL;
        return;
      }
      spreadItem(s, a + 3, count, table.keyAt(slot), table.valueAt(slot));
      return;
    }
    if (iterator == vm.ipairsFunction
        && s[a + 1] instanceof Table table
        && s[a + 2] instanceof LuaInteger i) {
      LuaValue value = table.getInt(i.v + 1);
      spreadItem(s, a + 3, count, value == NIL ? NIL : LuaInteger.valueOf(i.v + 1), value);
      return;
    }
    if (count == 1 && iterator instanceof LuaFunction f) {
      LuaValue result = f.call(s[a + 1], s[a + 2]);
      s[a + 3] = result == NONE ? NIL : result;
      return;
    }
    Varargs results =
        iterator instanceof BridgeClosure f
            ? f.enter(s[a + 1], s[a + 2])
            : Semantics.call(vm, iterator, LuaValue.varargsOf(s[a + 1], s[a + 2]));
    spread(results, s, a + 3, count);
  }

  private static void spreadItem(LuaValue[] s, int a, int count, LuaValue key, LuaValue value) {
    s[a] = key;
    if (count > 1) {
      s[a + 1] = value;
      for (int j = 2; j < count; j++) {
        s[a + j] = NIL;
      }
    }
  }

  // ---- tables and closures

  static void setList(LuaValue[] s, int a, int b, int block, Varargs open, int top) {
    Table table = (Table) s[a];
    int base = (block - 1) * Lua.LFIELDS_PER_FLUSH;
    if (b > 0) {
      table.setList(base, s, a + 1, b);
      return;
    }
    int fixed = top - open.narg() - a - 1;
    if (fixed > 0) {
      table.setList(base, s, a + 1, fixed);
    }
    table.setOpenList(base + fixed, open, open.narg());
  }

  static void setConstants(LuaValue[] s, int a, int i) {
    Table table = (Table) s[a];
    int base = (Code.c(i) - 1) * Lua.LFIELDS_PER_FLUSH;
    int count = Code.b(i);
    for (int j = 1; j <= count; j++) {
      LuaValue value = s[a + j];
      if (!value.isnil()) {
        table.setConstant(base + j, value);
      }
    }
    table.presize(base + count);
  }

  static boolean captures(Code child) {
    for (int i = 0; i < child.upvalueInStack.length; i++) {
      if (child.upvalueInStack[i] && !child.isEnvironment(i)) {
        return true;
      }
    }
    return false;
  }

  static BridgeClosure closure(
      BridgeClosure parent, Code child, LuaValue[] s, Upvalue @Nullable [] open) {
    Upvalue[] upvalues = new Upvalue[child.upvalueIndex.length];
    for (int i = 0; i < upvalues.length; i++) {
      int index = child.upvalueIndex[i];
      if (child.upvalueInStack[i] && open != null) {
        Upvalue upvalue = open[index];
        if (upvalue == null) {
          upvalue = new Upvalue(s, index);
          open[index] = upvalue;
        }
        upvalues[i] = upvalue;
      } else if (index < parent.upvalues.length) {
        upvalues[i] = parent.upvalues[index];
      }
    }
    return new BridgeClosure(parent.vm, child, upvalues, parent.environment);
  }

  static void close(@Nullable Upvalue[] open, int from) {
    for (int i = from; i < open.length; i++) {
      Upvalue upvalue = open[i];
      if (upvalue != null) {
        upvalue.close();
        open[i] = null;
      }
    }
  }

  /** An instruction that coverage waits for is reached: tells, and answers where to go on. */
  static int armed(LuaVm vm, Code code, int pc, LuaValue[] s) {
    VarHandle.acquireFence(); // of a chunk that all workers share, and another one has armed
    Armed coverage = code.coverage;
    if (coverage == null) {
      code.ops[pc] = code.text[pc];
      return pc;
    }
    if (--vm.fuel < 0) {
      vm.refuel();
    }
    return coverage.reached(vm, code, pc, s);
  }
}
