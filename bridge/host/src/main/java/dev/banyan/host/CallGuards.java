package dev.banyan.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: keeps calls of ports within their deadlines and numbers, and a port that fails away
 * from the traffic. Somebody calls {@link #look} every now and then, to find calls that overrun
 * while they still run.
 */
public final class CallGuards {
  /** How many times its deadline a call may take whose classes may have to be read first. */
  private static final int COLD = 4;

  private final Function<String, CallRules> rules;
  private final LongSupplier nanos;
  private final Alarm alarm;
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final List<Lane> lanes = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Lane> lane = ThreadLocal.withInitial(this::newLane);

  /** Told, on any thread, of a call that takes longer than its deadline; once a call. */
  @FunctionalInterface
  public interface Alarm {
    /**
     * A call overran.
     *
     * @param stack where its thread is, empty when it waits or has ended
     */
    void overran(String module, String function, Duration took, List<StackTraceElement> stack);

    /**
     * After {@link #overran}, on the thread that looks: the call still runs, and its worker can do
     * nothing else meanwhile. This may take its time.
     */
    default void holds(String module, String function, Thread worker) {}
  }

  /** Guards by these rules of each module. */
  public CallGuards(Function<String, CallRules> rules, LongSupplier nanos, Alarm alarm) {
    this.rules = rules;
    this.nanos = nanos;
    this.alarm = alarm;
  }

  /** The rules of a module. */
  public CallRules rules(String module) {
    return gate(module).rules;
  }

  /** Where the breaker of a module stands. */
  public Breaker.State breaker(String module) {
    return gate(module).breaker.state();
  }

  /** Where calls of a module begin; the same one as long as these guards are there. */
  public Gate gate(String module) {
    Gate known = gates.get(module);
    return known != null ? known : gates.computeIfAbsent(module, this::newGate);
  }

  /**
   * Begins a call on its worker's thread.
   *
   * @return the call, whose {@link Guarded#refusal} says why it must not go to the port
   */
  public Guarded enter(String module, String function) {
    return enter(gate(module), function);
  }

  /** As {@link #enter(String, String)}, where these guards have answered the module's gate. */
  public Guarded enter(Gate gate, String function) {
    return enter(gate, function, gate.most);
  }

  /**
   * As {@link #enter(Gate, String)}, for one of the first calls: finding, checking and linking the
   * port's classes is part of it, which on a busy machine takes longer than a deadline that is made
   * for a warm call.
   */
  public Guarded enterCold(Gate gate, String function) {
    return enter(gate, function, gate.most * COLD);
  }

  /** As {@link #enter(String, String)}, with a deadline of its own in place of the module's. */
  public Guarded enter(String module, String function, Duration deadline) {
    return enter(gate(module), function, deadline.toNanos());
  }

  private Guarded enter(Gate guard, String function, long most) {
    if (guard.running.incrementAndGet() > guard.rules.maxConcurrent()) {
      guard.running.decrementAndGet();
      return new Guarded(guard, "too many calls at once");
    }
    if (!guard.breaker.admits()) {
      guard.running.decrementAndGet();
      return new Guarded(guard, "the breaker is open");
    }
    return lane.get().begin(guard, function, most);
  }

  /** Reports the calls that have overrun their deadline and still run. */
  public void look() {
    lanes.removeIf(one -> !one.thread.isAlive());
    for (Lane one : lanes) {
      for (Guarded call : one.all()) {
        call.look(one.thread);
      }
    }
  }

  private Gate newGate(String name) {
    return new Gate(name, rules.apply(name), nanos);
  }

  private Lane newLane() {
    Lane made = new Lane(Thread.currentThread());
    lanes.add(made);
    return made;
  }

  /** Thread-safe: one module's limits and what counts against them. */
  public static final class Gate {
    private final String name;
    private final CallRules rules;
    private final long most;
    private final Breaker breaker;
    private final AtomicInteger running = new AtomicInteger();

    private Gate(String name, CallRules rules, LongSupplier nanos) {
      this.name = name;
      this.rules = rules;
      this.most = rules.deadline().toNanos();
      this.breaker = new Breaker(rules.breaker(), nanos);
    }
  }

  /**
   * Changed by its thread alone: the calls of one worker. What guards a call is used again for a
   * later one, so that as many are kept as there ever were calls under way at once.
   */
  private final class Lane {
    private static final Guarded[] NONE = new Guarded[0];

    final Thread thread;

    /** Every one that there is: replaced whole when there is one more. */
    private volatile Guarded[] all = NONE;

    private @Nullable Guarded free;

    Lane(Thread thread) {
      this.thread = thread;
    }

    Guarded begin(Gate module, String function, long most) {
      Guarded call = free;
      if (call == null) {
        call = another(module);
      } else {
        free = call.following;
      }
      call.begin(module, function, most);
      return call;
    }

    private Guarded another(Gate module) {
      Guarded made = new Guarded(module, this);
      Guarded[] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = made;
      all = more;
      return made;
    }

    void ended(Guarded call) {
      call.following = free;
      free = call;
    }

    Guarded[] all() {
      return all;
    }
  }

  /**
   * Owned by its worker's thread, looked at by others: one call of a port. It is the call's until
   * {@link #leave}; after that only {@link #nanos} may be asked, until the next call begins.
   */
  public final class Guarded {
    private static final VarHandle TURN = turns();

    private final @Nullable Lane lane;
    private final @Nullable String refusal;
    private Gate module;
    private String function = "";
    private long most;
    private long start;
    private long took;
    private @Nullable Guarded following;
    private volatile boolean waiting;

    /** One more with each beginning and each end: odd while a call runs. */
    private long turn;

    /** The latest turn that was reported; guarded by this. */
    private long reported;

    private Guarded(Gate module, Lane lane) {
      this.module = module;
      this.lane = lane;
      this.refusal = null;
    }

    private Guarded(Gate module, String refusal) {
      this.module = module;
      this.lane = null;
      this.refusal = refusal;
    }

    private static VarHandle turns() {
      try {
        return MethodHandles.lookup().findVarHandle(Guarded.class, "turn", long.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private void begin(Gate called, String name, long deadline) {
      module = called;
      function = name;
      most = deadline;
      waiting = false;
      start = nanos.getAsLong();
      TURN.setRelease(this, turn + 1);
    }

    /** The rules of its module. */
    public CallRules rules() {
      return module.rules;
    }

    /** How long the call took, in nanoseconds. */
    public long nanos() {
      return took;
    }

    /** Why the port must not have the call, or null. */
    public @Nullable String refusal() {
      return refusal;
    }

    /** What is left until the deadline, never negative. */
    public Duration left() {
      long left = most - (nanos.getAsLong() - start);
      return Duration.ofNanos(Math.max(0, left));
    }

    /** The call gives its thread to others from now on, or has it again. */
    public void waiting(boolean now) {
      waiting = now;
    }

    /**
     * Ends the call.
     *
     * @param failed whether the port failed
     * @return whether the call took longer than its deadline
     * @throws IllegalStateException when it has ended, or never began
     */
    public boolean leave(boolean failed) {
      if (lane == null || (turn & 1) == 0) {
        throw new IllegalStateException("this call is not under way");
      }
      took = nanos.getAsLong() - start;
      boolean late = took > most;
      module.running.decrementAndGet();
      if (late) {
        report(turn, module, function, took, List.of());
      } else if (failed) {
        module.breaker.failed();
      } else {
        module.breaker.succeeded();
      }
      TURN.setRelease(this, turn + 1);
      VarHandle.storeStoreFence(); // who looks must not see the next call under this one's turn
      lane.ended(this);
      return late;
    }

    /** Reports the call if it is late, on any thread. */
    private void look(Thread worker) {
      long now = turn();
      if ((now & 1) == 0) {
        return;
      }
      Gate called = module;
      String name = function;
      long since = nanos.getAsLong() - start;
      boolean late = since > most;
      boolean runs = !waiting;
      VarHandle.acquireFence();
      if (!late || now != turn()) {
        return;
      }
      List<StackTraceElement> stack = runs ? List.of(worker.getStackTrace()) : List.of();
      if (report(now, called, name, since, stack) && runs && now == turn()) {
        alarm.holds(called.name, name, worker);
      }
    }

    private long turn() {
      return (long) TURN.getAcquire(this);
    }

    /** Whether it had not been reported before. */
    private boolean report(
        long which, Gate called, String name, long since, List<StackTraceElement> stack) {
      synchronized (this) {
        if (reported >= which) {
          return false;
        }
        reported = which;
      }
      called.breaker.trip();
      alarm.overran(called.name, name, Duration.ofNanos(since), stack);
      return true;
    }
  }
}
