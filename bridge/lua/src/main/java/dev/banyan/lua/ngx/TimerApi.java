package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.ONE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.lua.Introspection;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import java.time.Duration;
import java.util.List;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code ngx.timer}: functions that run later, outside of any request. */
final class TimerApi {
  private static final int MILLIS = 1000;

  /** A hundred years: what is due later is never. */
  private static final long LONGEST = Duration.ofDays(36_500).toMillis();

  private TimerApi() {}

  static void open(Bindings bindings) {
    bindings.function("ngx.timer.at", (x, args) -> schedule(x, args, false));
    bindings.function("ngx.timer.every", (x, args) -> schedule(x, args, true));
    bindings.function(
        "ngx.timer.running_count", (x, args) -> LuaInteger.valueOf(x.worker().runningTimers()));
    bindings.function(
        "ngx.timer.pending_count", (x, args) -> LuaInteger.valueOf(x.worker().pendingTimers()));
  }

  private static Varargs schedule(Execution x, Varargs args, boolean again) {
    if (args.narg() < 2) {
      throw LuaErrors.raise("expecting at least 2 arguments but got " + args.narg());
    }
    long millis = (long) (LuaArgs.checkNumber(args, 1) * MILLIS);
    if (again && millis == 0) {
      throw LuaErrors.raise("delay cannot be zero");
    }
    LuaFunction body = ThreadApi.luaFunction(args, 2);
    Duration delay = Duration.ofMillis(Math.clamp(millis, 0, LONGEST));
    Duration left = x.machine.libraries().clock().left(delay);
    long due = System.nanoTime() + left.toNanos();
    Job job = new Job(x.machine, body, args.subargs(3), delay, again, due);
    if (x.worker().exiting() && millis > 0) {
      return Execution.failure("process exiting");
    }
    try {
      add(x, delay, left, job);
      return ONE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  /** Makes a timer, and notes when it is due. */
  static void add(Execution x, Duration delay, WorkerHost.TimerTask task) {
    add(x, delay, x.machine.libraries().clock().left(delay), task);
  }

  private static void add(Execution x, Duration delay, Duration left, WorkerHost.TimerTask task) {
    x.worker().timer(left, task);
    String seconds = DueTimers.seconds(delay);
    Execution.note(
        x.machine.vm(), seconds.length(), () -> new Journal.Entry.Chose("timer", seconds));
  }

  /**
   * What a timer runs.
   *
   * @param due when, by the JVM's clock: the next turn counts from then, as a late one would else
   *     put off all that follow
   */
  private record Job(
      NgxMachine machine, LuaFunction body, Varargs args, Duration delay, boolean again, long due)
      implements WorkerHost.TimerTask {

    @Override
    public String definedAt() {
      return Introspection.definedAt(body);
    }

    @Override
    public void run(boolean premature, RequestHost request) {
      if (again && !premature) {
        repeat(request);
      }
      Execution execution = new Execution(machine, Phase.TIMER, request, List.of());
      try {
        machine.execute(execution, body, varargsOf(LuaValue.valueOf(premature), args));
      } finally {
        NgxMachine.requestEnded(request);
      }
    }

    private void repeat(RequestHost request) {
      try {
        long now = System.nanoTime();
        long late = Math.max(0, now - due);
        // one turn that was missed is made up for, as a slow start must not lose it
        long wait = late < 2 * delay.toNanos() ? delay.toNanos() - late : delay.toNanos();
        Job next = new Job(machine, body, args, delay, true, now + wait);
        machine.worker().timer(Duration.ofNanos(wait), next);
      } catch (NgxFailure e) {
        request.log(
            4,
            "failed to create the next timer of delay "
                + delay.toMillis()
                + " ms: "
                + e.getMessage());
      }
    }
  }
}
