package dev.banyan.lua.ngx;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaDeadlineExceeded;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaRuntimeError;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.NativeFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker's loop: the worker's Lua machine with the whole {@code ngx.*} API.
 *
 * <p>{@link #run} executes a directive's code for a request and tells how it ended. It parks the
 * current fiber wherever the code waits.
 */
public final class NgxMachine {
  private static final int ERR = 4;
  private static final int SPECIAL_RESPONSE = 300;
  private static final Outcome.Exit CUT_OFF = new Outcome.Exit(-1);
  private static final String NO_STACK = "\n\t[Java]: in a declared pipeline";
  private static final String NO_TRACEBACK = "stack traceback:" + NO_STACK;

  private final LuaVm vm;
  private final WorkerHost worker;
  private final ChunkCache chunks;
  private final NgxLibraries libraries;
  private long sockets;

  private NgxMachine(LuaVm vm, WorkerHost worker, ChunkCache chunks, NgxLibraries libraries) {
    this.vm = vm;
    this.worker = worker;
    this.chunks = chunks;
    this.libraries = libraries;
  }

  /** Builds a worker's machine; the calling thread owns it until another {@link #adopt}s it. */
  public static NgxMachine create(
      LuaVmOptions options, NgxLibraries.Settings settings, ChunkCache chunks, WorkerHost worker) {
    LuaVm vm = LuaVm.create(options);
    NgxMachine machine = new NgxMachine(vm, worker, chunks, new NgxLibraries(vm, settings));
    ApiAssembly.open(machine, machine.libraries);
    return machine;
  }

  /** The world of a handler that runs without Lua. */
  public DirectWorld directWorld(RequestHost request) {
    return new DirectWorld(libraries, worker, request);
  }

  /** Lets {@code math.random} draw from here, whatever its arguments; before Lua runs. */
  public void drawFrom(DoubleSupplier source) {
    libraries.drawFrom(source);
  }

  /** Counts each entry into this machine in {@code counter}, which others may share. */
  public void countEntries(LongAdder counter) {
    vm.countEntries(counter);
  }

  /** Makes the calling thread the owner. */
  public void adopt() {
    vm.adopt();
  }

  /** The machine itself, whose modules are loaded and changed on its own thread. */
  public LuaVm vm() {
    return vm;
  }

  /** A number that tells a socket from others in the journals. */
  long nextSocket() {
    return ++sockets;
  }

  NgxLibraries libraries() {
    return libraries;
  }

  WorkerHost worker() {
    return worker;
  }

  /** Runs a directive's code in a phase of a request. */
  public Outcome run(LuaSource code, Phase phase, RequestHost request) {
    return run(code, phase, request, List.of());
  }

  /** Runs {@code set_by_lua} code with its arguments; null request for the init phases. */
  public Outcome run(
      LuaSource code, Phase phase, @Nullable RequestHost request, List<String> arguments) {
    LuaFunction function;
    try {
      function = chunks.chunk(code).instantiate(vm, vm.globals());
    } catch (ChunkCache.LoadFailure e) {
      String message = String.valueOf(e.getMessage());
      log(request, message);
      return e.status() != 500 && ApiPhases.ANSWERING.contains(phase)
          ? new Outcome.Exit(e.status())
          : new Outcome.Failed(message, "");
    }
    return execute(new Execution(this, phase, request, arguments), function, values(arguments));
  }

  private static Varargs values(List<String> arguments) {
    return arguments.isEmpty()
        ? LuaValue.NONE
        : LuaValue.varargsOf(arguments.stream().map(LuaText::of).toArray(LuaValue[]::new));
  }

  /** Runs native code as a handler of a request. */
  public Outcome run(NativeCode code, Phase phase, RequestHost request) {
    LuaFunction function = NativeFunction.of("pipeline", _ -> code.run(vm));
    return execute(new Execution(this, phase, request, List.of()), function, LuaValue.NONE);
  }

  /** Runs {@code init_by_lua} code, before any request. */
  public Outcome init(LuaSource code) {
    return run(code, Phase.INIT, null, List.of());
  }

  /** Runs {@code init_worker_by_lua} code. */
  public Outcome initWorker(LuaSource code) {
    return run(code, Phase.INIT_WORKER, null, List.of());
  }

  /** Runs a function as the entry thread of an execution, until all its threads have ended. */
  Outcome execute(Execution execution, LuaFunction function, Varargs args) {
    try {
      AbortApi.watch(execution);
      limit(execution);
      Varargs results = vm.call(execution.entry.coroutine, function, args);
      execution.awaitThreads();
      Integer exit = execution.exitStatus;
      return exit != null ? new Outcome.Exit(exit) : done(execution.phase, results);
    } catch (NgxSignal end) {
      return end.outcome();
    } catch (LuaRuntimeError e) {
      return failed(execution, Failures.message(e), e.traceback(), e.threads());
    } catch (WrapFailure e) {
      return failed(execution, String.valueOf(e.getMessage()), e.traceback(), e.threads());
    } catch (LuaDeadlineExceeded e) {
      return failed(execution, String.valueOf(e.getMessage()), e.traceback(), e.threads());
    } finally {
      execution.close();
    }
  }

  /** Closes the cosockets that a request has left open; the gateway calls it at the end. */
  public static void requestEnded(RequestHost request) {
    if (request.luaState() instanceof RequestState state) {
      state.close();
    }
  }

  private static void limit(Execution execution) {
    RequestHost request = execution.requestOrNull();
    Duration deadline = request == null ? null : request.luaDeadline();
    if (deadline != null) {
      execution.entry.coroutine.deadline(System.nanoTime() + deadline.toNanos());
    }
  }

  private static Outcome done(Phase phase, Varargs results) {
    if (phase == Phase.BODY_FILTER) {
      return filtered(results.arg1());
    }
    if (phase != Phase.SET || results.narg() == 0) {
      return Outcome.Done.NOTHING;
    }
    List<@Nullable String> values = new ArrayList<>(results.narg());
    for (int i = 1; i <= results.narg(); i++) {
      LuaValue value = results.arg(i);
      values.add(value.isstring() ? LuaText.latin1(value) : null);
    }
    return new Outcome.Done(values);
  }

  /** A body filter that returns {@code ngx.ERROR} or an error's status cuts the answer off. */
  private static Outcome filtered(LuaValue result) {
    LuaNumber number = LuaNumbers.parse(result);
    int status = number == null ? 0 : (int) number.todouble();
    return status == CUT_OFF.status() || status >= SPECIAL_RESPONSE
        ? CUT_OFF
        : Outcome.Done.NOTHING;
  }

  /** Ends a handler that ran without Lua by an error, which goes to the log as Lua's would. */
  public Outcome failed(Phase phase, RequestHost request, String message) {
    request.log(ERR, Failures.line(phase, message, NO_TRACEBACK, List.of(NO_STACK)));
    return new Outcome.Failed(message, NO_TRACEBACK);
  }

  private static Outcome failed(
      Execution execution, String message, String traceback, List<String> threads) {
    execution.log(ERR, Failures.line(execution.phase, message, traceback, threads));
    return new Outcome.Failed(message, traceback);
  }

  private void log(@Nullable RequestHost request, String message) {
    if (request != null) {
      request.log(ERR, message);
    } else {
      worker.log(ERR, message);
    }
  }
}
