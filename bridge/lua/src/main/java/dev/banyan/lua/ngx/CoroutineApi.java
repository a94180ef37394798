package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.fiber.Fiber;
import dev.banyan.lua.Coroutine;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeBody;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one machine: {@code coroutine} as lua-nginx-module gives it, where a yield of an entry
 * or light thread lets the request's other threads run.
 */
final class CoroutineApi {
  private final LuaVm vm;
  private final ApiGate use = new ApiGate(NgxApi.entry("coroutine.create"));

  private CoroutineApi(LuaVm vm) {
    this.vm = vm;
  }

  static void open(Bindings bindings) {
    LuaVm vm = bindings.vm();
    CoroutineApi api = new CoroutineApi(vm);
    Table table = new Table(0, 8);
    add(table, "create", api::create);
    add(table, "resume", api::resume);
    add(table, "yield", api::giveWay);
    add(table, "status", api::status);
    add(table, "wrap", api::wrap);
    add(table, "running", _ -> api.running());
    vm.modules().library("coroutine", table);
  }

  private static void add(Table table, String name, NativeBody body) {
    NgxApi.entry("coroutine." + name);
    table.rawset(name, NativeFunction.of(name, body));
  }

  private boolean scheduled() {
    Execution x = Execution.of(vm);
    return x != null && ApiPhases.WAITING.contains(x.phase);
  }

  /** Where nobody runs Lua for nginx yet, Lua's own functions are in place. */
  private void enter() {
    if (Execution.of(vm) != null) {
      use.enter(vm);
    }
  }

  /** The running thread; nil in the machine's own, which all handlers share that can't wait. */
  private Varargs running() {
    Coroutine self = vm.running();
    return self.isEntry() && !scheduled() ? NIL : self;
  }

  private Varargs create(Varargs args) {
    enter();
    LuaFunction body =
        scheduled() ? ThreadApi.luaFunction(args, 1) : LuaArgs.checkFunction(args, 1);
    return Coroutine.create(vm, body);
  }

  private Varargs resume(Varargs args) {
    Coroutine target = LuaArgs.checkCoroutine(args, 1);
    if (target.status() != Coroutine.Status.SUSPENDED) {
      return varargsOf(FALSE, LuaText.of("cannot resume " + word(target) + " coroutine"));
    }
    try {
      return varargsOf(TRUE, target.resume(args.subargs(2)));
    } catch (WrapFailure e) {
      return varargsOf(FALSE, e.value());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return varargsOf(FALSE, vm.errorValue(e));
    }
  }

  private Varargs giveWay(Varargs values) {
    enter();
    Coroutine self = vm.running();
    if (!self.isEntry() || !scheduled()) {
      return Coroutine.suspend(vm, values);
    }
    if (self.attachment() instanceof LightThread thread) {
      thread.state = LightThread.State.YIELDED;
      try {
        Fiber.yieldNow();
      } finally {
        if (!thread.ended()) {
          thread.state = LightThread.State.ALIVE;
        }
      }
    }
    return NONE;
  }

  private Varargs status(Varargs args) {
    return LuaText.of(word(LuaArgs.checkCoroutine(args, 1)));
  }

  private static String word(Coroutine coroutine) {
    if (coroutine.attachment() instanceof LightThread thread) {
      return switch (thread.state) {
        case ALIVE -> coroutine.status().word();
        case YIELDED -> "running"; // it will go on by itself
        case ZOMBIE -> "zombie";
        case DEAD -> "dead";
      };
    }
    return coroutine.status().word();
  }

  private Varargs wrap(Varargs args) {
    Coroutine target = (Coroutine) create(args).arg1();
    return NativeFunction.of("wrap", values -> resumeWrapped(target, values));
  }

  /** Resumes; an error goes past every pcall to the next resume, as lua-nginx-module's does. */
  private Varargs resumeWrapped(Coroutine target, Varargs values) {
    if (target.status() != Coroutine.Status.SUSPENDED) {
      LuaString refusal = LuaText.of("cannot resume " + word(target) + " coroutine");
      if (scheduled()) {
        return varargsOf(FALSE, refusal);
      }
      throw LuaErrors.value(refusal);
    }
    try {
      return target.resume(values);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      if (!scheduled()) {
        throw LuaErrors.value(placed(vm.errorValue(e)));
      }
      throw new WrapFailure(vm.errorValue(e), target, vm.running());
    }
  }

  /** LuaJIT's own wrap puts the place of the call before an error's text. */
  private LuaValue placed(LuaValue error) {
    return error instanceof LuaString text ? LuaText.of(vm.where(1) + LuaText.latin1(text)) : error;
  }
}
