package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.Coroutine;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code coroutine} library. */
final class CoroutineLib implements LuaLibrary {
  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("create", NativeFunction.of("create", args -> create(vm, args)));
    t.rawset("resume", NativeFunction.of("resume", args -> resume(vm, args)));
    t.rawset("yield", NativeFunction.of("yield", args -> Coroutine.suspend(vm, args)));
    t.rawset("status", NativeFunction.of("status", CoroutineLib::status));
    t.rawset("wrap", NativeFunction.of("wrap", args -> wrap(vm, args)));
    t.rawset("running", NativeFunction.of("running", args -> running(vm)));
    t.rawset(
        "isyieldable",
        NativeFunction.of("isyieldable", args -> LuaValue.valueOf(!vm.running().isEntry())));
    vm.modules().library("coroutine", t);
  }

  private static Varargs create(LuaVm vm, Varargs args) {
    return Coroutine.create(vm, LuaArgs.checkFunction(args, 1));
  }

  private static Varargs resume(LuaVm vm, Varargs args) {
    Coroutine coroutine = LuaArgs.checkCoroutine(args, 1);
    try {
      return varargsOf(TRUE, coroutine.resume(args.subargs(2)));
    } catch (LuaError e) {
      return varargsOf(LuaValue.FALSE, vm.errorValue(e));
    }
  }

  private static Varargs status(Varargs args) {
    return LuaText.of(LuaArgs.checkCoroutine(args, 1).status().word());
  }

  private static Varargs wrap(LuaVm vm, Varargs args) {
    Coroutine coroutine = Coroutine.create(vm, LuaArgs.checkFunction(args, 1));
    return NativeFunction.of("wrap_aux", values -> resumeWrapped(vm, coroutine, values));
  }

  private static Varargs resumeWrapped(LuaVm vm, Coroutine coroutine, Varargs args) {
    try {
      return coroutine.resume(args);
    } catch (LuaError e) {
      LuaValue value = vm.errorValue(e);
      throw value.isstring() && Coroutine.refused(e)
          ? LuaErrors.raise(LuaText.latin1(value))
          : LuaErrors.value(value);
    }
  }

  private static Varargs running(LuaVm vm) {
    Coroutine running = vm.running();
    return running.isEntry() ? NIL : running;
  }
}
