package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaAbort;

/** Ends a whole handler's run with an outcome, from whichever of its threads raised it. */
public final class NgxSignal extends LuaAbort {
  private static final long serialVersionUID = 1L;
  private final transient Outcome outcome;

  /** Creates the signal for an outcome. */
  public NgxSignal(Outcome outcome) {
    super(outcome.toString());
    this.outcome = outcome;
  }

  /** How the run ends. */
  public Outcome outcome() {
    return outcome;
  }
}
