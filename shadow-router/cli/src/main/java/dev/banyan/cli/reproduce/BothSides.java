package dev.banyan.cli.reproduce;

import dev.banyan.gateway.seam.PortReplay;
import dev.banyan.gateway.seam.PortReplay.Outcome;
import dev.banyan.lua.replay.LuaReplay;
import dev.banyan.lua.replay.LuaReplay.Replayed;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.router.parity.CallJudge;
import dev.banyan.router.parity.CallJudge.Judgement;
import dev.banyan.server.routing.Observations;

/** Owned by one thread: gives a call to Lua, and what Lua did then to the port. */
public final class BothSides {
  private final LuaReplay lua;
  private final PortReplay port;
  private final CallJudge judge;

  /** Joins them. */
  public BothSides(LuaReplay lua, PortReplay port, CallJudge judge) {
    this.lua = lua;
    this.port = port;
    this.judge = judge;
  }

  /** What came of a call. */
  public sealed interface Answer {
    /**
     * The sides differ, and no rule hides it.
     *
     * @param call the call with what Lua does now
     */
    record Differ(RecordedCall call, Judgement judgement, Outcome outcome) implements Answer {}

    /** They don't. */
    record Agree(RecordedCall call) implements Answer {}

    /** The port leaves it to Lua. */
    record Declined(RecordedCall call, String reason) implements Answer {}

    /** The port fails. */
    record Broke(RecordedCall call, String reason, Outcome outcome) implements Answer {}

    /** There is nothing to compare. */
    record None(String reason) implements Answer {}
  }

  /** Gives a call to both. */
  public Answer run(RecordedCall call) {
    return switch (lua.replay(call)) {
      case Replayed.CouldNot(String reason) -> new Answer.None("Lua can't run it: " + reason);
      case Replayed.Hung hung -> new Answer.None(hung.reason());
      case Replayed.Ran(RecordedCall now) -> compared(now);
    };
  }

  private Answer compared(RecordedCall now) {
    Outcome outcome = port.replay(now);
    return switch (outcome) {
      case Outcome.Alike _ -> new Answer.Agree(now);
      case Outcome.Differs(var _, PortReplay.Sides sides) -> {
        Judgement judgement =
            judge.judge(
                now.function(), Observations.of(sides.lua()), Observations.of(sides.java()));
        yield judgement == null
            ? new Answer.Agree(now)
            : new Answer.Differ(now, judgement, outcome);
      }
      case Outcome.Declined(String reason) -> new Answer.Declined(now, reason);
      case Outcome.Broke(String reason, var _) -> new Answer.Broke(now, reason, outcome);
      case Outcome.Unported(String reason) -> new Answer.None("not the port's: " + reason);
    };
  }
}
