package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.CData;
import dev.banyan.lua.Coroutine;
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
import dev.banyan.lua.Tracebacks;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code debug} library; hooks are accepted and never called. */
final class DebugLib implements LuaLibrary {
  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("traceback", new Traceback(vm));
    t.rawset("getinfo", new GetInfo(vm));
    t.rawset("getlocal", new Locals(vm, false));
    t.rawset("setlocal", new Locals(vm, true));
    t.rawset("getupvalue", NativeFunction.of("getupvalue", DebugLib::getupvalue));
    t.rawset("setupvalue", NativeFunction.of("setupvalue", DebugLib::setupvalue));
    t.rawset("upvalueid", NativeFunction.of("upvalueid", DebugLib::upvalueid));
    t.rawset("upvaluejoin", NativeFunction.of("upvaluejoin", DebugLib::upvaluejoin));
    t.rawset("getmetatable", NativeFunction.of("getmetatable", args -> getmetatable(vm, args)));
    t.rawset("setmetatable", NativeFunction.of("setmetatable", args -> setmetatable(vm, args)));
    t.rawset("getfenv", NativeFunction.of("getfenv", args -> getfenv(vm, args)));
    t.rawset("setfenv", NativeFunction.of("setfenv", DebugLib::setfenv));
    t.rawset("getregistry", NativeFunction.of("getregistry", args -> vm.registry()));
    t.rawset("sethook", NativeFunction.of("sethook", args -> NONE));
    t.rawset("gethook", NativeFunction.of("gethook", args -> varargsOf(NIL, NIL, NIL)));
    vm.modules().library("debug", t);
  }

  private static Varargs getmetatable(LuaVm vm, Varargs args) {
    LuaTable metatable = Semantics.metatable(vm, LuaArgs.checkAny(args, 1));
    return metatable == null ? NIL : metatable;
  }

  private static Varargs setmetatable(LuaVm vm, Varargs args) {
    LuaValue metatable = args.arg(2);
    if (!metatable.isnil() && !metatable.istable()) {
      throw LuaErrors.type(2, "nil or table", metatable);
    }
    LuaTable table = metatable instanceof LuaTable t ? t : null;
    LuaValue value = args.arg1();
    if (value instanceof CData) {
      return value; // its metatable is the machine's
    }
    if (value instanceof LuaTable || value instanceof LuaUserdata) {
      value.setmetatable(table);
    } else {
      vm.typeMetatable(value.type(), table);
    }
    return value;
  }

  private static Varargs getfenv(LuaVm vm, Varargs args) {
    LuaValue value = LuaArgs.checkAny(args, 1);
    if (value instanceof LuaFunction function) {
      return Introspection.environment(vm, function);
    }
    return value instanceof Coroutine coroutine ? coroutine.environment() : NIL;
  }

  private static Varargs setfenv(Varargs args) {
    LuaTable environment = LuaArgs.checkTable(args, 2);
    if (args.arg1() instanceof LuaFunction function
        && Introspection.setEnvironment(function, environment)) {
      return function;
    }
    if (args.arg1() instanceof Coroutine coroutine) {
      coroutine.environment(environment);
      return coroutine;
    }
    throw LuaErrors.raise("'setfenv' cannot change environment of given object");
  }

  private static Varargs getupvalue(Varargs args) {
    LuaFunction function = LuaArgs.checkFunction(args, 1);
    int index = LuaArgs.checkInt(args, 2);
    String name = Introspection.upvalueName(function, index);
    return name == null
        ? NONE
        : varargsOf(LuaText.of(name), Introspection.upvalue(function, index));
  }

  private static Varargs setupvalue(Varargs args) {
    LuaFunction function = LuaArgs.checkFunction(args, 1);
    int index = LuaArgs.checkInt(args, 2);
    LuaValue value = LuaArgs.checkAny(args, 3);
    String name = Introspection.upvalueName(function, index);
    if (name == null) {
      return NONE;
    }
    Introspection.setUpvalue(function, index, value);
    return LuaText.of(name);
  }

  private static Varargs upvalueid(Varargs args) {
    LuaFunction function = LuaArgs.checkFunction(args, 1);
    Object identity = Introspection.upvalueIdentity(function, LuaArgs.checkInt(args, 2));
    if (identity == null) {
      throw LuaErrors.argument(2, "invalid upvalue index");
    }
    return new LuaUserdata(identity);
  }

  private static Varargs upvaluejoin(Varargs args) {
    LuaFunction target = LuaArgs.checkFunction(args, 1);
    int to = LuaArgs.checkInt(args, 2);
    LuaFunction source = LuaArgs.checkFunction(args, 3);
    int from = LuaArgs.checkInt(args, 4);
    if (!Introspection.joinUpvalue(target, to, source, from)) {
      throw LuaErrors.argument(2, "invalid upvalue index");
    }
    return NONE;
  }

  /** {@code debug.traceback}. */
  private static final class Traceback extends NativeFunction {
    private final LuaVm vm;

    Traceback(LuaVm vm) {
      super("traceback");
      this.vm = vm;
    }

    @Override
    public Varargs invoke(Varargs all) {
      Coroutine thread = all.arg1() instanceof Coroutine c ? c : vm.running();
      Varargs args = all.arg1() instanceof Coroutine ? all.subargs(2) : all;
      LuaValue message = args.arg1();
      if (!message.isstring() && args.narg() > 0) {
        return message;
      }
      boolean own = thread.equals(vm.running());
      int level = LuaArgs.optInt(args, 2, own ? 1 : 0);
      String stack = own ? Tracebacks.seenBy(thread, this, level) : Tracebacks.of(thread, level);
      String head = message.isnil() ? "" : LuaText.latin1(message) + "\n";
      return LuaText.of(head + stack);
    }
  }

  /** {@code debug.getinfo}. */
  private static final class GetInfo extends NativeFunction {
    private final LuaVm vm;

    GetInfo(LuaVm vm) {
      super("getinfo");
      this.vm = vm;
    }

    @Override
    public Varargs invoke(Varargs all) {
      Coroutine thread = all.arg1() instanceof Coroutine c ? c : vm.running();
      Varargs args = all.arg1() instanceof Coroutine ? all.subargs(2) : all;
      String what = LuaArgs.optText(args, 2, "flnSu");
      if (what.indexOf('>') >= 0) {
        throw LuaErrors.argument(2, "invalid option");
      }
      LuaValue target = args.arg1();
      if (target instanceof LuaFunction function) {
        return Introspection.describe(function, what);
      }
      if (LuaNumbers.parse(target) == null) {
        throw LuaErrors.argument(1, "function or level expected");
      }
      int level = LuaArgs.checkInt(args, 1);
      @Nullable Table info =
          Introspection.describe(thread, thread.equals(vm.running()) ? this : null, level, what);
      return info == null ? NIL : info;
    }
  }

  /** {@code debug.getlocal} and {@code debug.setlocal}. */
  private static final class Locals extends NativeFunction {
    private final LuaVm vm;
    private final boolean set;

    Locals(LuaVm vm, boolean set) {
      super(set ? "setlocal" : "getlocal");
      this.vm = vm;
      this.set = set;
    }

    @Override
    public Varargs invoke(Varargs all) {
      Coroutine thread = all.arg1() instanceof Coroutine c ? c : vm.running();
      Varargs args = all.arg1() instanceof Coroutine ? all.subargs(2) : all;
      int index = LuaArgs.checkInt(args, 2);
      if (args.arg1() instanceof LuaFunction function) {
        String name = Introspection.parameterName(function, index);
        return name == null ? NIL : LuaText.of(name);
      }
      int level = LuaArgs.checkInt(args, 1);
      if (Introspection.functionAt(thread, this, level) == null) {
        throw LuaErrors.argument(1, "level out of range");
      }
      String name = Introspection.localName(thread, this, level, index);
      if (name == null) {
        return NIL;
      }
      if (set) {
        Introspection.setLocal(thread, this, level, index, args.arg(3));
        return LuaText.of(name);
      }
      return varargsOf(LuaText.of(name), Introspection.local(thread, this, level, index));
    }
  }
}
