package dev.banyan.host;

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
    if (guard.running.incrementAndGet() > guard.rules.maxConcurrent()) {
      guard.running.decrementAndGet();
      return new Guarded(guard, function, "too many calls at once");
    }
    if (!guard.breaker.admits()) {
      guard.running.decrementAndGet();
      return new Guarded(guard, function, "the breaker is open");
    }
    Guarded call = new Guarded(guard, function, null);
    lane.get().add(call);
    return call;
  }

  /** Reports the calls that have overrun their deadline and still run. */
  public void look() {
    lanes.removeIf(one -> !one.thread.isAlive());
    for (Lane one : lanes) {
      for (Guarded call = one.head; call != null; call = call.next) {
        if (call.late()) {
          look(call, one.thread);
        }
      }
    }
  }

  private void look(Guarded call, Thread thread) {
    boolean runs = !call.waiting;
    boolean first = call.report(runs ? List.of(thread.getStackTrace()) : List.of());
    if (first && runs && !call.ended) {
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
    final Thread thread;
    volatile @Nullable Guarded head;

    Lane(Thread thread) {
      this.thread = thread;
    }

    void add(Guarded call) {
      call.next = head;
      head = call;
    }

    void remove(Guarded call) {
      Guarded before = head;
      if (before == call) {
        head = call.next;
        return;
      }
      while (before != null && before.next != call) {
        before = before.next;
      }
      if (before != null) {
        before.next = call.next;
      }
    }
  }

  /** Owned by its worker's thread, looked at by others: one call of a port. */
  public final class Guarded {
    private final Module module;
    private final String function;
    private final @Nullable String refusal;
    private final long start = nanos.getAsLong();
    private volatile @Nullable Guarded next;
    private volatile boolean waiting;
    private volatile boolean ended;
    private boolean reported;

    private Guarded(Module module, String function, @Nullable String refusal) {
      this.module = module;
      this.function = function;
      this.refusal = refusal;
    }

    /** Why the port must not have the call, or null. */
    public @Nullable String refusal() {
      return refusal;
    }

    /** What is left until the deadline, never negative. */
    public Duration left() {
      long left = module.rules.deadline().toNanos() - (nanos.getAsLong() - start);
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
      if (ended || refusal != null) {
        return false;
      }
      boolean late = late();
      ended = true;
      lane.get().remove(this);
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
      return !ended && nanos.getAsLong() - start > module.rules.deadline().toNanos();
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
