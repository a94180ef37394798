package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.ReplayedWorld;
import dev.banyan.host.WriteRules;
import dev.banyan.lua.ngx.DueTimers;
import dev.banyan.lua.seam.Observed;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: gives a recorded call to a port, as a shadowed call is given, and tells how what
 * the port did differs from what Lua did.
 */
public final class PortReplay {
  /** The most differences that one call tells. */
  private static final int MOST = 20;

  private final BoundPort port;

  /** Replays to this port. */
  public PortReplay(BoundPort port) {
    this.port = port;
  }

  /** What came of one call. */
  public sealed interface Outcome {
    /** The port did as Lua did. */
    record Alike() implements Outcome {}

    /** It didn't. */
    record Differs(List<Difference> differences, Sides sides) implements Outcome {}

    /** The port left the call to Lua. */
    record Declined(String reason) implements Outcome {}

    /** The port threw, or did what it may not. */
    record Broke(String reason, @Nullable Throwable cause) implements Outcome {}

    /** The port doesn't replace this function, or not in this phase. */
    record Unported(String reason) implements Outcome {}
  }

  /**
   * One place where two answers differ.
   *
   * @param place such as {@code result 1}, {@code var waf_score}, {@code ending}
   */
  public record Difference(String place, @Nullable Object lua, @Nullable Object java) {}

  /** What both did, as a shadowed call is compared. */
  public record Sides(Observed lua, Observed java) {}

  /** Whether the port replaces the function that was called, in the phase in which it was. */
  public boolean takes(RecordedCall call) {
    BoundTarget target = port.target(call.function());
    return target != null && target.in(call.phase());
  }

  /** Gives a call to the port. */
  public Outcome replay(RecordedCall call) {
    BoundTarget target = port.target(call.function());
    if (target == null) {
      String why = port.mirror(call.function()) != null ? "both sides run it" : "not in the port";
      return new Outcome.Unported(call.function() + ": " + why);
    }
    if (target instanceof BoundHandler handler && !handler.in(call.phase())) {
      return new Outcome.Unported(
          call.function()
              + " in "
              + call.phase().luaName()
              + ": the port is for "
              + handler.phases());
    }
    Watched watched =
        target instanceof BoundHandler handler ? watched(handler.rules()) : Watched.NOTHING;
    ReplayedWorld world = new ReplayedWorld(call.journal());
    CallOutcome outcome = run(target, call, world);
    if (outcome instanceof CallOutcome.Fallback fallback) {
      return fallback.cause() == null && !fallback.failure()
          ? new Outcome.Declined(fallback.reason())
          : new Outcome.Broke(fallback.reason(), fallback.cause());
    }
    return compared(call, watched, outcome, world);
  }

  private CallOutcome run(BoundTarget target, RecordedCall call, ReplayedWorld world) {
    RecordedView view = new RecordedView(call);
    try {
      if (target instanceof BoundHandler && !port.relevance().holds(view)) {
        return new CallOutcome.Decided(Decision.next());
      }
      List<@Nullable Object> arguments = new ArrayList<>();
      call.arguments().forEach(argument -> arguments.add(RecordedState.view(argument)));
      return target.invoke(target.extract(view), arguments, world);
    } catch (RuntimeException | Error e) {
      return CallOutcome.thrown(e);
    }
  }

  private static Outcome compared(
      RecordedCall call, Watched watched, CallOutcome outcome, ReplayedWorld world) {
    String complaint = world.complaint();
    Observed lua = RecordedObservation.of(call, watched);
    Observed unchosen = unchosen(RecordedObservation.before(call, watched));
    Observed projected = Projection.of(outcome, unchosen, lua, world.lines(), "");
    List<Difference> differences = new ArrayList<>();
    if (complaint != null) {
      differences.add(new Difference("world", null, complaint));
    }
    if (projected != null) {
      differences.addAll(differences(lua, projected));
    }
    if (differences.isEmpty()) {
      return new Outcome.Alike();
    }
    Observed java =
        complaint != null || projected == null
            ? Projection.strayed(String.valueOf(complaint), unchosen)
            : projected;
    return new Outcome.Differs(differences, new Sides(lua, java));
  }

  /** Before the call nothing was chosen for the upstream, no timer made and no line written. */
  private static Observed unchosen(Observed before) {
    Map<String, @Nullable Object> state = new TreeMap<>(before.state());
    state.remove("peer");
    state.remove("more tries");
    state.remove(DueTimers.PLACE);
    state.remove(Watched.LOG);
    return new Observed(before.results(), null, null, state, null);
  }

  private static List<Difference> differences(Observed lua, Observed java) {
    List<Difference> found = new ArrayList<>();
    add(found, "error", lua.error(), java.error());
    add(found, "ending", lua.ending(), java.ending());
    int results = Math.max(lua.results().size(), java.results().size());
    for (int i = 0; i < results; i++) {
      add(found, "result " + (i + 1), item(lua.results(), i), item(java.results(), i));
    }
    TreeSet<String> places = new TreeSet<>(lua.state().keySet());
    places.addAll(java.state().keySet());
    places.forEach(place -> add(found, place, lua.state().get(place), java.state().get(place)));
    add(found, "body", lua.body(), java.body());
    return found;
  }

  private static void add(
      List<Difference> found, String place, @Nullable Object lua, @Nullable Object java) {
    if (!Objects.equals(lua, java) && found.size() < MOST) {
      found.add(new Difference(place, lua, java));
    }
  }

  private static @Nullable Object item(List<@Nullable Object> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  static Watched watched(WriteRules rules) {
    return new Watched(
        rules.ctx(),
        rules.vars(),
        rules.requestHeaders(),
        rules.responseHeaders(),
        rules.uri(),
        rules.status(),
        rules.chunk(),
        rules.peer(),
        !rules.timers().isEmpty());
  }
}
