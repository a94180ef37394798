package dev.banyan.gateway.seam;

import dev.banyan.api.Effect;
import dev.banyan.api.Way;
import dev.banyan.host.BoundPort;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.BoundTimer;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallOutcome;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamReply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: what a port's decision asked to run later, on the version that asked.
 * Nobody waits for it and Lua can't stand in: what goes wrong is reported.
 */
final class PortTimer implements SeamReply.Later {
  private final BoundTimer timer;
  private final List<@Nullable Object> arguments;
  private final CallGuards guards;
  private final SeamEvents events;

  private PortTimer(
      BoundTimer timer, List<@Nullable Object> arguments, CallGuards guards, SeamEvents events) {
    this.timer = timer;
    this.arguments = arguments;
    this.guards = guards;
    this.events = events;
  }

  static PortTimer of(BoundPort port, Effect.Later asked, CallGuards guards, SeamEvents events) {
    BoundTimer timer = port.timers().get(asked.timer());
    if (timer == null) {
      throw new IllegalStateException("no timer " + asked.timer() + " in " + port.module());
    }
    return new PortTimer(timer, asked.arguments(), guards, events);
  }

  @Override
  public void run(SeamCall call, boolean premature) {
    CallGuards.Guarded guarded = guards.enter(call.module(), call.function(), timer.most());
    String refusal = guarded.refusal();
    if (refusal != null) {
      events.timerFailed(call.module(), call.function(), refusal, null);
      return;
    }
    LiveWorld world = new LiveWorld(call, events, guarded);
    CallOutcome outcome = null;
    try {
      outcome = timer.function().invoke(BoundTarget.WITHOUT_INPUT, given(premature), world);
    } finally {
      guarded.leave(!(outcome instanceof CallOutcome.Answered));
      world.close();
    }
    if (outcome instanceof CallOutcome.Fallback(var reason, var cause)) {
      events.timerFailed(call.module(), call.function(), reason, cause);
    } else {
      world.release();
      events.answers(call.module()).answered(call.function(), Way.JAVA, guarded.nanos());
    }
  }

  private List<@Nullable Object> given(boolean premature) {
    List<@Nullable Object> given = new ArrayList<>(arguments.size() + 1);
    given.add(premature);
    given.addAll(arguments);
    return given;
  }
}
