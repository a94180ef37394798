package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.Capabilities;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.lua.seam.Watchpoints;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Thread-safe: which calls are shadowed, and what is noted of one before its control runs. */
final class Shadowing {
  /** Of the requests that waited, calls of one of so many are shadowed all the same. */
  private static final int ONE_OF_LATE = 16;

  private static final CallOutcome NOT_MEANT = new CallOutcome.Decided(Decision.next());

  private final ShadowOptions options;
  private final SeamEvents events;
  private final AtomicInteger late = new AtomicInteger();

  Shadowing(ShadowOptions options, SeamEvents events) {
    this.options = options;
    this.events = events;
  }

  /** Whether it is noted which lines of Lua shadowed calls reach. */
  boolean watchesLines() {
    return options.lines();
  }

  /**
   * Whether the calls of a request that begins are not to be shadowed, since others wait behind it.
   *
   * @param waited the most that it can have waited for its worker, in nanoseconds
   */
  boolean isLate(long waited) {
    long patience = options.patience();
    return patience > 0 && waited > patience && late.incrementAndGet() % ONE_OF_LATE != 0;
  }

  /** Notes what is before a call; on its worker's thread. */
  SeamSwitch.Shadow of(SeamCall call, Callee callee, Map<String, String> facts) {
    BoundTarget target = callee.target();
    List<@Nullable Object> arguments = call.lastingArguments();
    LiveCall view = new LiveCall(call, true);
    Watchpoints watched =
        target instanceof BoundHandler handler
            ? handler.derived(Watchpoints.class, Shadowing::watchpoints)
            : Watchpoints.NOTHING;
    WholeCalls.Reading reading = options.wholeCalls().wanted(call.module());
    WholeCall whole = reading == null ? null : new WholeCall(reading);
    boolean lines = options.logs().test(call.module());
    PendingShadow.Completion completion =
        target instanceof BoundHandler && !callee.port().relevance().holds(view)
            ? () -> _ -> NOT_MEANT
            : completion(target, view, arguments);
    return new PendingShadow(
        call, facts, watched, lines, completion, events, options.classKeys(), whole);
  }

  private static Watchpoints watchpoints(BoundHandler handler) {
    return new Watchpoints(PortReplay.watched(handler.rules()));
  }

  private static PendingShadow.Completion completion(
      BoundTarget target, LiveCall view, List<@Nullable Object> arguments) {
    @Nullable Object[] values = target.early(view);
    Function<Capabilities, CallOutcome> run = world -> run(target, values, arguments, world);
    return target.readsLate()
        ? () -> {
          target.finish(values, view);
          return run;
        }
        : () -> run;
  }

  /** Makes the input and runs the port; on a thread that no user waits for. */
  private static CallOutcome run(
      BoundTarget target,
      @Nullable Object[] values,
      List<@Nullable Object> arguments,
      Capabilities world) {
    Object input;
    try {
      input = target.input(values);
    } catch (RuntimeException | StackOverflowError e) {
      return new CallOutcome.Fallback("input: " + e.getMessage(), null);
    }
    return target.invoke(input, arguments, world);
  }
}
