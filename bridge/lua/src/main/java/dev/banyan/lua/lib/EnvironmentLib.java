package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.lua.Introspection;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Environments of functions, {@code module}, and the collector's facade. */
final class EnvironmentLib implements LuaLibrary {
  @Override
  public void open(LuaVm vm) {
    Table g = vm.globals();
    g.rawset("getfenv", NativeFunction.of("getfenv", args -> getfenv(vm, args)));
    g.rawset("setfenv", NativeFunction.of("setfenv", args -> setfenv(vm, args)));
    g.rawset("module", NativeFunction.of("module", args -> module(vm, args)));
    g.rawset("newproxy", NativeFunction.of("newproxy", EnvironmentLib::newproxy));
    g.rawset("collectgarbage", NativeFunction.of("collectgarbage", EnvironmentLib::collect));
    g.rawset("gcinfo", NativeFunction.of("gcinfo", args -> LuaNumbers.of(kilobytes())));
  }

  private static @Nullable LuaFunction function(LuaVm vm, Varargs args) {
    LuaValue target = args.arg1();
    if (target instanceof LuaFunction function) {
      return function;
    }
    int level = LuaArgs.optInt(args, 1, 1);
    if (level < 0) {
      throw LuaErrors.argument(1, "invalid level");
    }
    if (level == 0) {
      return null;
    }
    LuaFunction function = Introspection.functionAt(vm.running(), null, level);
    if (function == null) {
      throw LuaErrors.argument(1, "invalid level");
    }
    return function;
  }

  private static Varargs getfenv(LuaVm vm, Varargs args) {
    LuaFunction function = function(vm, args);
    return function == null ? vm.running().environment() : Introspection.environment(vm, function);
  }

  private static Varargs setfenv(LuaVm vm, Varargs args) {
    LuaTable environment = LuaArgs.checkTable(args, 2);
    LuaFunction function = function(vm, args);
    if (function == null) {
      vm.running().environment(environment);
      return NONE;
    }
    if (!Introspection.setEnvironment(function, environment)) {
      throw LuaErrors.raise("'setfenv' cannot change environment of given object");
    }
    return function;
  }

  private static Varargs module(LuaVm vm, Varargs args) {
    LuaString name = LuaArgs.checkString(args, 1);
    LuaTable loaded = vm.modules().loaded();
    LuaValue known = loaded.rawget(name);
    LuaTable module;
    if (known instanceof LuaTable table) {
      module = table;
    } else {
      module = namedTable(vm, vm.running().environment(), LuaText.latin1(name));
      loaded.rawset(name, module);
    }
    if (module.rawget("_NAME").isnil()) {
      initialise(module, name);
    }
    LuaFunction caller = Introspection.functionAt(vm.running(), null, 1);
    if (caller == null || !Introspection.setEnvironment(caller, module)) {
      throw LuaErrors.raise("'module' not called from a Lua function");
    }
    for (int i = 2; i <= args.narg(); i++) {
      Semantics.call(vm, args.arg(i), module);
    }
    return NONE;
  }

  private static void initialise(LuaTable module, LuaString name) {
    String text = LuaText.latin1(name);
    module.rawset("_M", module);
    module.rawset("_NAME", name);
    module.rawset("_PACKAGE", LuaText.of(text.substring(0, text.lastIndexOf('.') + 1)));
  }

  /** The table of a name with dots. What is missing is set as code would, so guards hear of it. */
  private static LuaTable namedTable(LuaVm vm, LuaTable globals, String name) {
    LuaTable at = globals;
    for (String part : name.split("\\.")) {
      LuaValue next = at.rawget(part);
      if (next.isnil()) {
        next = new Table();
        Semantics.setIndex(vm, at, LuaText.of(part), next);
      }
      if (!(next instanceof LuaTable table)) {
        throw LuaErrors.raise("name conflict for module '" + name + "'");
      }
      at = table;
    }
    return at;
  }

  private static Varargs newproxy(Varargs args) {
    LuaValue kind = args.arg1();
    LuaUserdata proxy = new LuaUserdata(new Object());
    if (kind.isboolean()) {
      if (kind.toboolean()) {
        proxy.setmetatable(new Table());
      }
    } else if (!kind.isnil()) {
      LuaValue metatable = kind instanceof LuaUserdata u ? u.getmetatable() : null;
      if (metatable == null) {
        throw LuaErrors.argument(1, "boolean or proxy expected");
      }
      proxy.setmetatable(metatable);
    }
    return proxy;
  }

  private static Varargs collect(Varargs args) {
    String option = LuaArgs.optText(args, 1, "collect");
    return switch (option) {
      case "collect", "stop", "restart" -> LuaValue.ZERO;
      case "count" -> LuaNumbers.of(kilobytes());
      case "step" -> LuaValue.TRUE;
      case "setpause", "setstepmul" -> LuaInteger.valueOf(200);
      case "isrunning" -> LuaValue.TRUE;
      default -> throw LuaErrors.argument(1, "invalid option '" + option + "'");
    };
  }

  private static double kilobytes() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0;
  }
}
