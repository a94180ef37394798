package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code pcall} and {@code xpcall}. */
final class ProtectedCalls {
  private final LuaVm vm;

  ProtectedCalls(LuaVm vm) {
    this.vm = vm;
  }

  void open(Table globals) {
    globals.rawset("pcall", new ProtectedCall());
    globals.rawset("xpcall", new HandledCall());
  }

  private final class ProtectedCall extends NativeFunction {
    ProtectedCall() {
      super("pcall");
    }

    @Override
    public Varargs invoke(Varargs args) {
      LuaValue function = LuaArgs.checkAny(args, 1);
      LuaVm.Guard guard = vm.guard(this);
      try {
        return varargsOf(TRUE, Semantics.call(vm, function, args.subargs(2)));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError t) {
        guard.caught(t);
        return BaseLib.failure(vm.errorValue(t));
      } finally {
        guard.leave();
      }
    }
  }

  private final class HandledCall extends NativeFunction {
    HandledCall() {
      super("xpcall");
    }

    @Override
    public Varargs invoke(Varargs args) {
      LuaValue function = LuaArgs.checkAny(args, 1);
      LuaValue handler = LuaArgs.checkFunction(args, 2);
      LuaVm.Guard guard = vm.guard(this);
      try {
        return varargsOf(TRUE, Semantics.call(vm, function, args.subargs(3)));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError t) {
        guard.caught(t);
        return BaseLib.failure(handle(handler, vm.errorValue(t)));
      } finally {
        guard.leave();
      }
    }

    private LuaValue handle(LuaValue handler, LuaValue error) {
      try {
        return vm.withoutSuspending(() -> Semantics.call(vm, handler, error).arg1());
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError t) {
        return LuaText.of("error in error handling");
      }
    }
  }
}
