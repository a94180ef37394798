package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.ONE;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.FiberKilled;
import dev.banyan.fiber.Loop;
import dev.banyan.lua.Coroutine;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaRuntimeError;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code ngx.thread}: light threads of a request, each on a fiber of its own. */
@SuppressWarnings("ReferenceEquality") // a thread is itself and nothing else
final class ThreadApi {
  private static final int ERR = 4;

  private ThreadApi() {}

  static void open(Bindings bindings) {
    bindings.function("ngx.thread.spawn", ThreadApi::spawn);
    bindings.function("ngx.thread.wait", ThreadApi::await);
    bindings.function("ngx.thread.kill", ThreadApi::kill);
  }

  /** A function written in Lua, the only kind that threads and timers take. */
  static LuaFunction luaFunction(Varargs args, int index) {
    if (args.arg(index) instanceof LuaFunction function && !(function instanceof NativeFunction)) {
      return function;
    }
    throw LuaErrors.argument(index, "Lua function expected");
  }

  private static Varargs spawn(Execution x, Varargs args) {
    LuaFunction body = luaFunction(args, 1);
    LightThread thread = x.thread(x.machine.vm().running());
    start(x, thread, body, args.subargs(2));
    return thread.coroutine;
  }

  /** Runs a thread at once, up to its first wait; the caller queues up behind what it resumed. */
  private static void start(Execution x, LightThread thread, LuaFunction body, Varargs args) {
    Fiber parent = Fiber.current();
    Loop loop = parent.loop();
    boolean[] turn = {false};
    loop.execute(() -> {
      turn[0] = true;
      parent.unpark();
    });
    run(x, thread, body, args, parent.local());
    while (!turn[0]) {
      Fiber.park();
    }
  }

  /** Starts a thread's fiber, which belongs to {@code owner}. */
  static void run(
      Execution x, LightThread thread, LuaFunction body, Varargs args, @Nullable Object owner) {
    Fiber.start(
        x.worker().loop(),
        "light thread",
        () -> {
          thread.fiber = Fiber.current();
          Fiber.current().attach(owner);
          call(x, thread, body, args);
        });
  }

  private static void call(Execution x, LightThread thread, LuaFunction body, Varargs args) {
    LightThread.State end = LightThread.State.DEAD;
    try {
      thread.results = varargsOf(TRUE, x.machine.vm().call(thread.coroutine, body, args));
      end = LightThread.State.ZOMBIE;
    } catch (LuaRuntimeError e) {
      x.log(ERR, Failures.lightThread(thread, Failures.message(e), e.threads()));
      thread.results = varargsOf(FALSE, e.left()); // LuaJIT unwinds no thread that an error ends
      end = LightThread.State.ZOMBIE;
    } catch (WrapFailure e) {
      x.log(ERR, Failures.lightThread(thread, String.valueOf(e.getMessage()), e.threads()));
      thread.results = varargsOf(FALSE, e.value());
      end = LightThread.State.ZOMBIE;
    } catch (FiberKilled e) {
      throw e;
    } catch (Error e) {
      x.abort(e);
    } finally {
      x.ended(thread, end);
    }
  }

  private static Varargs await(Execution x, Varargs args) {
    List<LightThread> threads = new ArrayList<>(args.narg());
    for (int i = 1; i <= args.narg(); i++) {
      LightThread thread = known(args, i);
      if (thread == null) {
        throw LuaErrors.raise("attempt to wait on a coroutine that is not a user thread");
      }
      if (thread.parent != x.machine.vm().running()) {
        throw LuaErrors.raise("only the parent coroutine can wait on the thread");
      }
      if (thread.ended()) {
        return collect(thread);
      }
      threads.add(thread);
    }
    if (threads.isEmpty()) {
      throw LuaErrors.raise("at least one coroutine should be specified");
    }
    x.checkSuspendable();
    return collect(firstEnded(threads));
  }

  private static LightThread firstEnded(List<LightThread> threads) {
    Fiber self = Fiber.current();
    threads.forEach(thread -> thread.waiter = self);
    try {
      while (true) {
        for (LightThread thread : threads) {
          if (thread.ended()) {
            return thread;
          }
        }
        Fiber.park();
      }
    } finally {
      threads.forEach(thread -> thread.waiter = null);
    }
  }

  private static Varargs collect(LightThread thread) {
    if (thread.state == LightThread.State.DEAD) {
      return varargsOf(NIL, LuaText.of("already waited or killed"));
    }
    thread.state = LightThread.State.DEAD;
    return thread.results;
  }

  private static Varargs kill(Execution x, Varargs args) {
    LightThread thread = known(args, 1);
    if (thread == null) {
      return Execution.failure("not user thread");
    }
    if (thread.parent != x.machine.vm().running()) {
      return Execution.failure("killer not parent");
    }
    return switch (thread.state) {
      case DEAD -> Execution.failure("already waited or killed");
      case ZOMBIE -> {
        thread.state = LightThread.State.DEAD;
        yield Execution.failure("already terminated");
      }
      case ALIVE, YIELDED -> {
        if (thread.pendingCaptures > 0) {
          yield Execution.failure("pending subrequests");
        }
        x.kill(thread);
        yield ONE;
      }
    };
  }

  /** The light thread in an argument; null for any other coroutine. */
  private static @Nullable LightThread known(Varargs args, int index) {
    LuaValue value = args.arg(index);
    if (!(value instanceof Coroutine coroutine)) {
      throw LuaErrors.argument(index, "lua thread expected");
    }
    return coroutine.attachment() instanceof LightThread thread && thread.parent != null
        ? thread
        : null;
  }
}
