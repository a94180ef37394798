package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code table} library and the modules {@code table.new}, {@code table.clear} and kin. */
@SuppressWarnings("ReferenceEquality")
final class TableLib implements LuaLibrary {
  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("insert", NativeFunction.of("insert", TableLib::insert));
    t.rawset("remove", NativeFunction.of("remove", TableLib::remove));
    t.rawset("concat", NativeFunction.of("concat", args -> concat(vm, args)));
    t.rawset("sort", NativeFunction.of("sort", args -> sort(vm, args)));
    t.rawset("maxn", NativeFunction.of("maxn", TableLib::maxn));
    t.rawset("getn", NativeFunction.of("getn", TableLib::getn));
    t.rawset("foreach", NativeFunction.of("foreach", TableLib::foreach));
    t.rawset("foreachi", NativeFunction.of("foreachi", TableLib::foreachi));
    t.rawset("move", NativeFunction.of("move", args -> move(vm, args)));
    vm.modules().library("table", t);
    TableExtras.open(vm, t);
  }

  private static Varargs insert(Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    int length = table.rawlen();
    switch (args.narg()) {
      case 2 -> table.rawset(length + 1, args.arg(2));
      case 3 -> {
        int position = LuaArgs.checkInt(args, 2);
        for (int i = length + 1; i > position; i--) {
          table.rawset(i, table.rawget(i - 1));
        }
        table.rawset(position, args.arg(3));
      }
      default -> throw LuaErrors.raise("wrong number of arguments to 'insert'");
    }
    return NONE;
  }

  private static Varargs remove(Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    int length = table.rawlen();
    if (LuaArgs.isNoneOrNil(args, 2)) {
      if (length == 0) {
        return NONE;
      }
      LuaValue last = table.rawget(length);
      table.rawset(length, NIL);
      return last;
    }
    double position = LuaArgs.checkNumber(args, 2);
    if (!(position >= 1 && position <= length)) {
      return NONE;
    }
    LuaValue removed = table.rawget((int) position);
    for (double i = position + 1; i <= length; i++) { // counts in fractions, as LuaJIT does
      table.rawset((int) (i - 1), table.rawget((int) i));
    }
    table.rawset(length, NIL);
    return removed;
  }

  private static Varargs concat(LuaVm vm, Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    LuaString separator = LuaArgs.optString(args, 2, LuaValue.EMPTYSTRING);
    int from = LuaArgs.optInt(args, 3, 1);
    int to = LuaArgs.isNoneOrNil(args, 4) ? table.rawlen() : LuaArgs.checkInt(args, 4);
    ByteBuilder out = new ByteBuilder(vm, 64);
    for (long i = from; i <= to; i++) {
      LuaValue value = table.rawget((int) i);
      if (!value.isstring()) {
        throw LuaErrors.raise(
            "invalid value (" + value.typename() + ") at index " + i + " in table for 'concat'");
      }
      out.append(LuaText.string(value));
      if (i < to) {
        out.append(separator);
      }
    }
    return out.toLua();
  }

  private static Varargs sort(LuaVm vm, Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    int length = table.rawlen();
    LuaFunction order = LuaArgs.isNoneOrNil(args, 2) ? null : LuaArgs.checkFunction(args, 2);
    new Sorter(vm, table, order).sort(1, length);
    return NONE;
  }

  private static Varargs maxn(Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    double max = 0;
    for (LuaValue key : table.keys()) {
      if (key.type() == LuaValue.TNUMBER) {
        max = Math.max(max, key.todouble());
      }
    }
    return LuaNumbers.of(max);
  }

  private static Varargs getn(Varargs args) {
    return LuaInteger.valueOf(LuaArgs.checkTable(args, 1).rawlen());
  }

  private static Varargs foreach(Varargs all) {
    Varargs args = padded(all, 2);
    LuaTable table = LuaArgs.checkTable(args, 1);
    LuaFunction body = LuaArgs.checkFunction(args, 2);
    Varargs entry = table.next(NIL);
    while (!entry.arg1().isnil()) {
      LuaValue result = body.call(entry.arg1(), entry.arg(2));
      if (!result.isnil()) {
        return result;
      }
      entry = table.next(entry.arg1());
    }
    return NONE;
  }

  private static Varargs foreachi(Varargs all) {
    Varargs args = padded(all, 2);
    LuaTable table = LuaArgs.checkTable(args, 1);
    LuaFunction body = LuaArgs.checkFunction(args, 2);
    int length = table.rawlen();
    for (int i = 1; i <= length; i++) {
      LuaValue result = body.call(LuaInteger.valueOf(i), table.rawget(i));
      if (!result.isnil()) {
        return result;
      }
    }
    return NONE;
  }

  /** Arguments with nil for missing ones, as functions see them that LuaJIT has written in Lua. */
  private static Varargs padded(Varargs args, int count) {
    if (args.narg() >= count) {
      return args;
    }
    LuaValue[] values = new LuaValue[count];
    for (int i = 0; i < count; i++) {
      values[i] = args.arg(i + 1);
    }
    return LuaValue.varargsOf(values);
  }

  private static Varargs move(LuaVm vm, Varargs all) {
    Varargs args = padded(all, 4);
    LuaTable source = LuaArgs.checkTable(args, 1);
    int from = LuaArgs.checkInt(args, 2);
    int end = LuaArgs.checkInt(args, 3);
    int to = LuaArgs.checkInt(args, 4);
    LuaTable target = LuaArgs.isNoneOrNil(args, 5) ? source : LuaArgs.checkTable(args, 5);
    if (end >= from) {
      boolean forward = to > end || to <= from || source != target;
      int count = end - from;
      for (int i = 0; i <= count; i++) {
        int offset = forward ? i : count - i;
        LuaValue value = Semantics.index(vm, source, LuaInteger.valueOf(from + offset));
        Semantics.setIndex(vm, target, LuaInteger.valueOf(to + offset), value);
      }
    }
    return target;
  }
}
