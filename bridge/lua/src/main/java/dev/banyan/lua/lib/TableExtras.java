package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeBody;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Table functions that LuaJIT, or OpenResty's branch of it, offers as modules of their own. */
final class TableExtras {
  private TableExtras() {}

  static void open(LuaVm vm, Table library) {
    module(vm, library, "new", TableExtras::create).builtin(100);
    module(vm, library, "clear", TableExtras::clear).builtin(101);
    module(vm, library, "nkeys", TableExtras::nkeys);
    module(vm, library, "clone", TableExtras::copy);
    module(vm, library, "isarray", TableExtras::isArray);
    module(vm, library, "isempty", TableExtras::isEmpty);
  }

  /** A module that is a function; whoever requires it puts the function into the library too. */
  private static NativeFunction module(LuaVm vm, Table library, String name, NativeBody body) {
    NativeFunction function = NativeFunction.of(name, body);
    vm.preload(
        "table." + name,
        () -> {
          library.rawset(name, function);
          return function;
        });
    return function;
  }

  private static Varargs create(Varargs args) {
    int items = LuaArgs.checkInt(args, 1);
    int fields = LuaArgs.checkInt(args, 2);
    return new Table(Math.max(items, 0), Math.max(fields, 0));
  }

  private static Varargs clear(Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    if (table instanceof Table plain) {
      plain.clear();
    } else {
      for (LuaValue key : table.keys()) {
        table.rawset(key, NIL);
      }
    }
    return LuaValue.NONE;
  }

  private static Varargs nkeys(Varargs args) {
    return LuaInteger.valueOf(LuaArgs.checkTable(args, 1).keyCount());
  }

  private static Varargs copy(Varargs args) {
    LuaTable source = LuaArgs.checkTable(args, 1);
    Table copy = new Table();
    for (LuaValue key : source.keys()) {
      copy.rawset(key, source.rawget(key));
    }
    return copy;
  }

  private static Varargs isArray(Varargs args) {
    for (LuaValue key : LuaArgs.checkTable(args, 1).keys()) {
      if (!(key instanceof LuaInteger index) || index.v < 1) {
        return LuaValue.FALSE;
      }
    }
    return LuaValue.TRUE;
  }

  private static Varargs isEmpty(Varargs args) {
    return LuaValue.valueOf(LuaArgs.checkTable(args, 1).next(NIL).arg1().isnil());
  }
}
