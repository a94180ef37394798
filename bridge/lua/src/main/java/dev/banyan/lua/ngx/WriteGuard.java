package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.Tracebacks;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Warns in the error log when a request's code makes a new global variable. */
final class WriteGuard extends NativeFunction {
  private static final int WARN = 5;

  /** The stack where a native writes, {@code module} say: there the guard has no name. */
  private static final String BY_A_NATIVE = "stack traceback:\n\t[C]:";

  private final LuaVm vm;

  private WriteGuard(LuaVm vm) {
    super("__newindex");
    this.vm = vm;
  }

  /** Puts the guard on the machine's globals. */
  static void open(LuaVm vm) {
    Table metatable = new Table();
    metatable.rawset(LuaValue.NEWINDEX, new WriteGuard(vm));
    vm.globals().setmetatable(metatable);
  }

  @Override
  public Varargs invoke(Varargs args) {
    ((LuaTable) args.arg1()).rawset(args.arg(2), args.arg(3));
    Execution x = Execution.of(vm);
    if (x != null && x.phase != Phase.INIT && x.phase != Phase.INIT_WORKER) {
      LuaFunction self = this;
      String stack = Tracebacks.seenBy(vm.running(), self, 1);
      x.log(
          WARN,
          "[lua] _G write guard:12: "
              + (stack.startsWith(BY_A_NATIVE) ? "" : "__newindex(): ")
              + "writing a global Lua variable ('"
              + LuaText.display(args.arg(2))
              + "') which may lead to race conditions between concurrent requests, so prefer the"
              + " use of 'local' variables\n"
              + stack);
    }
    return NONE;
  }
}
