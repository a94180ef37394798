package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.fiber.Fiber;
import dev.banyan.lua.Coroutine;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its worker's loop: one run of a handler in a phase, with its entry thread and light
 * threads. It ends when all of them have ended, or when one of them raises a signal.
 */
final class Execution {
  final NgxMachine machine;
  final Phase phase;
  final LightThread entry;

  /** {@code ngx.arg} of {@code set_by_lua}. */
  final List<String> arguments;

  private final @Nullable RequestHost request;
  private final RequestState state;
  private final List<LightThread> threads = new ArrayList<>(0);
  private @Nullable Error signal;
  private boolean closed;

  /** The status that {@code ngx.exit} left in a phase where it doesn't end the handler. */
  @Nullable Integer exitStatus;

  /** Journals of shadowed calls that are under way, outermost first. */
  final List<Journal> journals = new ArrayList<>(0);

  /** What of the world others may have. */
  final World world = new LuaWorld(this);

  /** Subrequests that wait for their answers. */
  int pendingCaptures;

  Execution(
      NgxMachine machine, Phase phase, @Nullable RequestHost request, List<String> arguments) {
    this.machine = machine;
    this.phase = phase;
    this.request = request;
    this.arguments = arguments;
    this.state = request == null ? new RequestState() : RequestState.of(request);
    this.entry = new LightThread(this, machine.vm().newEntry(), null);
    this.entry.fiber = Fiber.currentOrNull();
  }

  /** The execution that the running Lua code belongs to; null outside of any handler. */
  static @Nullable Execution of(LuaVm vm) {
    return vm.running().entryThread().attachment() instanceof LightThread thread
        ? thread.execution
        : null;
  }

  /** Notes in every journal under way what was asked of the world. */
  static void note(LuaVm vm, int weight, Supplier<Journal.Entry> entry) {
    Execution execution = of(vm);
    if (execution != null && !execution.journals.isEmpty()) {
      Journal.Entry made = entry.get();
      for (Journal journal : execution.journals) {
        journal.add(made, weight);
      }
    }
  }

  /** The entry or light thread that runs now. */
  LightThread currentThread() {
    return machine.vm().running().entryThread().attachment() instanceof LightThread thread
        ? thread
        : entry;
  }

  /** The request, or Lua's error "no request found". */
  RequestHost request() {
    RequestHost host = request;
    if (host == null) {
      throw LuaErrors.raise("no request found");
    }
    return host;
  }

  @Nullable RequestHost requestOrNull() {
    return request;
  }

  RequestState state() {
    return state;
  }

  WorkerHost worker() {
    return machine.worker();
  }

  /** The level of the error log that {@link #log} writes to. */
  int logLevel() {
    RequestHost host = request;
    return host != null ? host.logLevel() : machine.worker().logLevel();
  }

  void log(int level, String message) {
    RequestHost host = request;
    if (host != null) {
      host.log(level, message);
    } else {
      machine.worker().log(level, message);
    }
  }

  /**
   * Writes a line of Lua's own, and notes it in the journals that want lines.
   *
   * @param place where it was written, which stands before the message
   */
  void write(int level, String place, String message) {
    for (Journal journal : journals) {
      if (journal.notes(level)) {
        journal.add(new Journal.Entry.Logged(level, message), message.length());
      }
    }
    log(level, place + message);
  }

  /** Raises LuaJIT's error where the running code can't wait: in a module being loaded. */
  void checkSuspendable() {
    if (!machine.vm().suspendable()) {
      throw LuaErrors.bare("attempt to yield across C-call boundary");
    }
  }

  // ---- threads

  /** A light thread, known to this run but not started. */
  LightThread thread(Coroutine parent) {
    LightThread thread = new LightThread(this, machine.vm().newEntry(), parent);
    threads.add(thread);
    return thread;
  }

  /** Called when a light thread's code has ended. */
  void ended(LightThread thread, LightThread.State how) {
    if (!thread.ended()) {
      thread.state = how;
      wakeAfter(thread);
    }
  }

  private void wakeAfter(LightThread thread) {
    Fiber waiter = thread.waiter;
    if (waiter != null) {
      waiter.unpark();
    }
    Fiber main = entry.fiber;
    if (entry.ended() && main != null && running() == 0) {
      main.unpark();
    }
  }

  /** Kills one light thread. */
  void kill(LightThread thread) {
    if (!thread.ended()) {
      thread.state = LightThread.State.DEAD;
      Fiber fiber = thread.fiber;
      if (fiber != null) {
        fiber.kill("light thread killed");
      }
      wakeAfter(thread);
    }
  }

  /** Ends the whole run from a light thread, by a signal that the entry thread throws. */
  void abort(Error end) {
    if (signal == null) {
      signal = end;
      Fiber main = entry.fiber;
      if (main != null) {
        main.interrupt(end);
      }
    }
  }

  /** Parks until every light thread has ended. */
  void awaitThreads() {
    entry.state = LightThread.State.DEAD;
    while (running() > 0) {
      throwSignal();
      Fiber.park();
    }
    throwSignal();
  }

  private void throwSignal() {
    if (signal != null) {
      throw signal;
    }
  }

  /** Whether the run is over. */
  boolean closed() {
    return closed;
  }

  /** Kills what still runs. */
  void close() {
    closed = true;
    entry.state = LightThread.State.DEAD;
    for (LightThread thread : List.copyOf(threads)) {
      kill(thread);
    }
  }

  private int running() {
    int count = 0;
    for (LightThread thread : threads) {
      if (!thread.ended()) {
        count++;
      }
    }
    return count;
  }

  /** Lua's {@code nil, text}. */
  static Varargs failure(String text) {
    return LuaValue.varargsOf(LuaValue.NIL, LuaText.of(text));
  }

  /** Lua's {@code nil, text} of a failure. */
  static Varargs failure(NgxFailure failure) {
    return failure(String.valueOf(failure.getMessage()));
  }
}
