package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Promise;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeoutException;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: {@code require "ngx.semaphore"}, between light threads of a worker. */
final class SemaphoreModule {
  private static final int MILLIS = 1000;
  private final Table metatable = new Table();

  private SemaphoreModule() {}

  /** Owned by one worker: resources that may be taken and the threads that wait for one. */
  private static final class Semaphore {
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int resources;

    /** The threads that wait; one that was killed does no longer, though it has yet to unwind. */
    private Deque<Waiter> waiting() {
      waiting.removeIf(waiter -> waiter.fiber.isKilled());
      return waiting;
    }
  }

  private record Waiter(Fiber fiber, Promise<Boolean> turn) {}

  static void open(Bindings bindings) {
    SemaphoreModule semaphores = new SemaphoreModule();
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    module.rawset("new", bindings.method("ngx.semaphore:new", (x, args) -> semaphores.make(args)));
    module.rawset("post", bindings.method("semaphore:post", semaphores::post));
    module.rawset("wait", bindings.method("semaphore:wait", semaphores::await));
    module.rawset("count", bindings.method("semaphore:count", (x, args) -> semaphores.count(args)));
    semaphores.metatable.rawset(LuaValue.INDEX, module);
    bindings.vm().preload("ngx.semaphore", () -> module);
  }

  private Varargs make(Varargs args) {
    double count = args.arg1() instanceof LuaNumber number ? number.todouble() : 0;
    if (count < 0) {
      throw LuaErrors.raise("no negative number");
    }
    Semaphore semaphore = new Semaphore();
    semaphore.resources = (int) count;
    Table object = new Table(1, 0);
    object.rawset(1, new LuaUserdata(semaphore));
    object.setmetatable(metatable);
    return object;
  }

  @SuppressWarnings("ReferenceEquality")
  private Semaphore self(Varargs args) {
    if (args.arg1() instanceof LuaTable object
        && object.getmetatable() == metatable
        && object.rawget(1).touserdata() instanceof Semaphore semaphore) {
      return semaphore;
    }
    throw LuaErrors.raise("not a semaphore instance");
  }

  private Varargs post(Execution x, Varargs args) {
    Semaphore semaphore = self(args);
    double count = args.arg(2) instanceof LuaNumber number ? number.todouble() : 1;
    if (count < 1) {
      throw LuaErrors.raise("positive number required");
    }
    semaphore.resources += (int) (long) count; // as C cuts it
    if (!semaphore.waiting().isEmpty()) {
      x.worker().loop().execute(() -> hand(semaphore));
    }
    return TRUE;
  }

  /** Gives resources to who waits; runs after the code that posted, as nginx's event does. */
  private static void hand(Semaphore semaphore) {
    while (semaphore.resources > 0 && !semaphore.waiting().isEmpty()) {
      semaphore.resources--;
      semaphore.waiting.removeFirst().turn().complete(true);
    }
  }

  private Varargs await(Execution x, Varargs args) {
    Semaphore semaphore = self(args);
    LuaNumber given = LuaNumbers.parse(args.arg(2));
    if (given == null) {
      throw LuaErrors.raise("attempt to perform arithmetic on a nil value");
    }
    double seconds = given.todouble();
    if (seconds < 0) {
      throw LuaErrors.raise("no negative number");
    }
    if (!ApiPhases.WAITING.contains(x.phase)) {
      return Execution.failure("API disabled in the context of " + ApiGate.context(x.phase));
    }
    if (semaphore.resources > 0 && semaphore.waiting().isEmpty()) {
      semaphore.resources--;
      return TRUE;
    }
    long millis = (long) (seconds * MILLIS);
    if (millis == 0) {
      return Execution.failure("timeout");
    }
    x.checkSuspendable();
    return park(semaphore, Duration.ofMillis(millis));
  }

  private static Varargs park(Semaphore semaphore, Duration time) {
    Promise<Boolean> turn = new Promise<>();
    Waiter waiter = new Waiter(Fiber.current(), turn);
    semaphore.waiting.addLast(waiter);
    boolean taken = false;
    try {
      turn.await(time);
      taken = true;
      return varargsOf(TRUE, NIL);
    } catch (TimeoutException e) {
      return timeout();
    } finally {
      if (!taken && !semaphore.waiting.remove(waiter) && turn.isDone()) {
        semaphore.resources++;
        hand(semaphore);
      }
    }
  }

  private static Varargs timeout() {
    return varargsOf(FALSE, LuaText.of("timeout"));
  }

  private Varargs count(Varargs args) {
    Semaphore semaphore = self(args);
    return LuaNumbers.of((long) semaphore.resources - semaphore.waiting().size());
  }
}
