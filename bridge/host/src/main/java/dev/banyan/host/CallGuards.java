package dev.banyan.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
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
  private final Function<String, CallRules> rules;
  private final LongSupplier nanos;
  private final Alarm alarm;
  private final Map<String, Module> modules = new ConcurrentHashMap<>();
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
    return module(module).rules;
  }

  /** Where the breaker of a module stands. */
  public Breaker.State breaker(String module) {
    return module(module).breaker.state();
  }

  /**
   * Begins a call on its worker's thread.
   *
   * @return the call, whose {@link Guarded#refusal} says why it must not go to the port
   */
  public Guarded enter(String module, String function) {
    Module guard = module(module);
    return enter(guard, function, guard.rules.deadline());
  }

  /** As {@link #enter(String, String)}, with a deadline of its own in place of the module's. */
  public Guarded enter(String module, String function, Duration deadline) {
    return enter(module(module), function, deadline);
  }

  private Guarded enter(Module guard, String function, Duration deadline) {
    if (guard.running.incrementAndGet() > guard.rules.maxConcurrent()) {
      guard.running.decrementAndGet();
      return new Guarded(guard, function, deadline, null, "too many calls at once");
    }
    if (!guard.breaker.admits()) {
      guard.running.decrementAndGet();
      return new Guarded(guard, function, deadline, null, "the breaker is open");
    }
    Lane here = lane.get();
    Guarded call = new Guarded(guard, function, deadline, here, null);
    here.add(call);
    return call;
  }

  /** Reports the calls that have overrun their deadline and still run. */
  public void look() {
    lanes.removeIf(one -> !one.thread.isAlive());
    for (Lane one : lanes) {
      for (Guarded call = one.first(); call != null; call = call.following()) {
        if (call.late()) {
          look(call, one.thread);
        }
      }
    }
  }

  private void look(Guarded call, Thread thread) {
    boolean runs = !call.waiting;
    boolean first = call.report(runs ? List.of(thread.getStackTrace()) : List.of());
    if (first && runs && !call.hasEnded()) {
      alarm.holds(call.module.name, call.function, thread);
    }
  }

  private Module module(String name) {
    Module known = modules.get(name);
    return known != null ? known : modules.computeIfAbsent(name, this::newModule);
  }

  private Module newModule(String name) {
    return new Module(name, rules.apply(name), nanos);
  }

  private Lane newLane() {
    Lane made = new Lane(Thread.currentThread());
    lanes.add(made);
    return made;
  }

  private static VarHandle field(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Thread-safe: one module's limits and what counts against them. */
  private static final class Module {
    final String name;
    final CallRules rules;
    final Breaker breaker;
    final AtomicInteger running = new AtomicInteger();

    Module(String name, CallRules rules, LongSupplier nanos) {
      this.name = name;
      this.rules = rules;
      this.breaker = new Breaker(rules.breaker(), nanos);
    }
  }

  /** Changed by its thread alone: the calls that have begun there and have not ended. */
  private static final class Lane {
    private static final VarHandle HEAD = field(Lane.class, "head", Guarded.class);

    final Thread thread;

    /** Written with release semantics: who looks may see a call a little later, never half made. */
    @Nullable Guarded head;

    Lane(Thread thread) {
      this.thread = thread;
    }

    void add(Guarded call) {
      call.next = head;
      HEAD.setRelease(this, call);
    }

    @Nullable Guarded first() {
      return (Guarded) HEAD.getAcquire(this);
    }

    void remove(Guarded call) {
      Guarded before = head;
      if (before == call) {
        HEAD.setRelease(this, call.next);
        return;
      }
      while (before != null && before.next != call) {
        before = before.next;
      }
      if (before != null) {
        Guarded.NEXT.setRelease(before, call.next);
      }
    }
  }

  /** Owned by its worker's thread, looked at by others: one call of a port. */
  public final class Guarded {
    private static final VarHandle NEXT = field(Guarded.class, "next", Guarded.class);
    private static final VarHandle ENDED = field(Guarded.class, "ended", boolean.class);

    private final Module module;
    private final String function;
    private final long most;
    private final @Nullable Lane lane;
    private final @Nullable String refusal;
    private final long start = nanos.getAsLong();
    private long took;
    private @Nullable Guarded next;
    private volatile boolean waiting;
    private boolean ended;
    private boolean reported;

    private Guarded(
        Module module,
        String function,
        Duration deadline,
        @Nullable Lane lane,
        @Nullable String refusal) {
      this.module = module;
      this.function = function;
      this.most = deadline.toNanos();
      this.lane = lane;
      this.refusal = refusal;
    }

    private @Nullable Guarded following() {
      return (Guarded) NEXT.getAcquire(this);
    }

    private boolean hasEnded() {
      return (boolean) ENDED.getAcquire(this);
    }

    /** The rules of its module. */
    public CallRules rules() {
      return module.rules;
    }

    /** How long the call took, in nanoseconds; 0 until it has ended. */
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
     */
    public boolean leave(boolean failed) {
      if (ended || lane == null) {
        return false;
      }
      took = nanos.getAsLong() - start;
      boolean late = took > most;
      ENDED.setRelease(this, true);
      lane.remove(this);
      module.running.decrementAndGet();
      if (late) {
        report(List.of());
      } else if (failed) {
        module.breaker.failed();
      } else {
        module.breaker.succeeded();
      }
      return late;
    }

    private boolean late() {
      return !hasEnded() && nanos.getAsLong() - start > most;
    }

    /** Whether it had not been reported before. */
    private boolean report(List<StackTraceElement> stack) {
      synchronized (this) {
        if (reported) {
          return false;
        }
        reported = true;
      }
      module.breaker.trip();
      Duration took = Duration.ofNanos(nanos.getAsLong() - start);
      alarm.overran(module.name, function, took, stack);
      return true;
    }
  }
}
