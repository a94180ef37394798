package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code next}, {@code pairs}, {@code ipairs} and {@code unpack}. */
final class Iteration {
  private static final int UNPACK_LIMIT = 8000;

  private static final LuaString PAIRS = LuaText.of("__pairs");
  private static final LuaString IPAIRS = LuaText.of("__ipairs");

  private final LuaVm vm;
  private final NativeFunction next = NativeFunction.of("next", Iteration::next);
  private final NativeFunction ipairsStep = NativeFunction.of("ipairs_aux", this::step);

  Iteration(LuaVm vm) {
    this.vm = vm;
  }

  void open(Table globals) {
    globals.rawset("next", next);
    globals.rawset("pairs", NativeFunction.of("pairs", this::pairs));
    globals.rawset("ipairs", NativeFunction.of("ipairs", this::ipairs));
    globals.rawset("unpack", NativeFunction.of("unpack", this::unpack));
    vm.traversal(next, ipairsStep);
  }

  private static Varargs next(Varargs args) {
    return LuaArgs.checkTable(args, 1).next(args.arg(2));
  }

  private Varargs pairs(Varargs args) {
    if (args.arg1() instanceof CData data) {
      return Semantics.call(vm, Semantics.metamethod(vm, data, PAIRS), args);
    }
    LuaTable table = LuaArgs.checkTable(args, 1);
    return varargsOf(next, table, NIL);
  }

  private Varargs ipairs(Varargs args) {
    LuaArgs.checkAny(args, 1);
    if (args.arg1() instanceof CData data) {
      return Semantics.call(vm, Semantics.metamethod(vm, data, IPAIRS), args);
    }
    LuaTable table = LuaArgs.checkTable(args, 1);
    return varargsOf(ipairsStep, table, LuaValue.ZERO);
  }

  private Varargs step(Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    LuaInteger index = LuaInteger.valueOf(LuaArgs.checkInt(args, 2) + 1);
    LuaValue value = table.rawget(index);
    return value.isnil() ? LuaValue.NONE : varargsOf(index, value);
  }

  private Varargs unpack(Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    int from = LuaArgs.optInt(args, 2, 1);
    int to = LuaArgs.isNoneOrNil(args, 3) ? table.rawlen() : LuaArgs.checkInt(args, 3);
    if (from > to) {
      return LuaValue.NONE;
    }
    long count = (long) to - from + 1;
    if (count > UNPACK_LIMIT) {
      throw LuaErrors.raise("too many results to unpack");
    }
    LuaValue[] values = new LuaValue[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.rawget(from + i);
    }
    return varargsOf(values);
  }
}
