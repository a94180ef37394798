package dev.banyan.lua.ngx;

import dev.banyan.fiber.Loop;
import dev.banyan.fiber.Promise;
import dev.banyan.lua.LuaAbort;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.SeamHook;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker: {@code ngx.run_worker_thread}, and the machines that its calls take turns
 * with.
 */
final class WorkerThreadApi {
  private static final int FIRST_ARGUMENT = 4;

  private final NgxLibraries.Settings settings;
  private final WorkerHost worker;
  private final Deque<WorkerThreadMachine> idle = new ArrayDeque<>();
  private int machines;

  private WorkerThreadApi(NgxLibraries.Settings settings, WorkerHost worker) {
    this.settings = settings;
    this.worker = worker;
  }

  static void open(Bindings bindings, NgxLibraries.Settings settings, WorkerHost worker) {
    bindings.function("ngx.run_worker_thread", new WorkerThreadApi(settings, worker)::run);
  }

  private Varargs run(Execution x, Varargs args) {
    if (args.narg() < FIRST_ARGUMENT - 1) {
      return WorkerThreadMachine.failure("expecting at least 3 arguments");
    }
    if (!args.arg(1).isstring()) {
      return WorkerThreadMachine.failure("threadpool should be a string");
    }
    String name = LuaText.latin1(args.arg(1));
    Executor pool = worker.threadPool(name);
    if (pool == null) {
      return WorkerThreadMachine.failure("thread pool " + name + " not found");
    }
    if (!args.arg(2).isstring()) {
      return WorkerThreadMachine.failure("module name should be a string");
    }
    if (!args.arg(3).isstring()) {
      return WorkerThreadMachine.failure("function name should be a string");
    }
    x.checkSuspendable();
    return run(x.machine.vm(), pool, args);
  }

  private Varargs run(LuaVm vm, Executor pool, Varargs args) {
    if (idle.isEmpty() && machines >= worker.threadMachines()) {
      return WorkerThreadMachine.failure("no available Lua vm");
    }
    WorkerThreadMachine.Call call =
        new WorkerThreadMachine.Call(args.arg(2), args.arg(3), arguments(args));
    LuaVmOptions options = options(vm);
    WorkerThreadMachine used = idle.poll();
    if (used == null) {
      machines++;
    }
    Promise<Varargs> answer = new Promise<>();
    try {
      pool.execute(new Task(used, options, call, answer));
    } catch (RejectedExecutionException e) {
      giveBack(used);
      return WorkerThreadMachine.failure("ngx_thread_task_post failed");
    }
    return answer.await();
  }

  private static WorkerThreadMachine.Arguments arguments(Varargs args) {
    try {
      return new WorkerThreadMachine.Arguments.Copied(ValueCopy.of(args, FIRST_ARGUMENT));
    } catch (ValueCopy.Refused e) {
      return new WorkerThreadMachine.Arguments.Refused(e.getMessage() + " in the argument");
    }
  }

  private void giveBack(@Nullable WorkerThreadMachine machine) {
    if (machine == null) {
      machines--;
    } else {
      idle.push(machine);
    }
  }

  /** As the worker's machine, with the paths that its Lua has set by now, and no ports. */
  private static LuaVmOptions options(LuaVm vm) {
    LuaVmOptions options = vm.options().withSeam(SeamHook.NONE);
    return vm.globals().rawget("package") instanceof LuaTable paths
        ? options.withPaths(
            text(paths, "path", options.packagePath()),
            text(paths, "cpath", options.packageCpath()))
        : options;
  }

  private static String text(LuaTable table, String field, String otherwise) {
    LuaValue value = table.rawget(field);
    return value.isstring() ? LuaText.latin1(value) : otherwise;
  }

  /** One call, on a thread of the pool; its answer goes back to the loop. */
  private final class Task implements Runnable {
    private @Nullable WorkerThreadMachine machine;
    private final LuaVmOptions options;
    private final WorkerThreadMachine.Call call;
    private final Promise<Varargs> answer;

    Task(
        @Nullable WorkerThreadMachine machine,
        LuaVmOptions options,
        WorkerThreadMachine.Call call,
        Promise<Varargs> answer) {
      this.machine = machine;
      this.options = options;
      this.call = call;
      this.answer = answer;
    }

    @Override
    public void run() {
      Loop loop = worker.loop();
      try {
        if (machine == null) {
          machine = new WorkerThreadMachine(options, settings, worker.prefix());
        }
        Varargs result = machine.run(call);
        loop.execute(() -> end(machine, result));
      } catch (LuaAbort e) { // past its time: the machine is in no state to be used again
        loop.execute(() -> end(null, WorkerThreadMachine.failure(String.valueOf(e.getMessage()))));
      } catch (RuntimeException | Error e) {
        loop.execute(() -> {
          giveBack(null);
          answer.fail(e);
        });
      }
    }

    private void end(@Nullable WorkerThreadMachine used, Varargs result) {
      giveBack(used);
      answer.complete(result);
    }
  }
}
