package dev.banyan.testkit;

import dev.banyan.gateway.seam.PortReplay;
import dev.banyan.gateway.seam.PortReplay.Outcome;
import dev.banyan.vectors.ReplayRun.Declines;
import dev.banyan.vectors.ReplayRun.Result;
import dev.banyan.vectors.ResultText;
import dev.banyan.vectors.Vector;

/** Immutable: one recorded call and the port that has to do as Lua did. */
public final class ReplayedVector {
  private final Vector vector;
  private final PortReplay replay;
  private final Declines declines;

  ReplayedVector(Vector vector, PortReplay replay, Declines declines) {
    this.vector = vector;
    this.replay = replay;
    this.declines = declines;
  }

  /** The name of the vector's file, without its ending. */
  public String name() {
    return vector.name();
  }

  /**
   * Gives the call to the port.
   *
   * @throws AssertionError when the port did otherwise than Lua, with both values of each place
   */
  public void check() {
    Result result = new Result(vector, replay.replay(vector.call()));
    if (result.isFailure(declines)) {
      Throwable cause = result.outcome() instanceof Outcome.Broke broke ? broke.cause() : null;
      throw new AssertionError(ResultText.of(result), cause);
    }
  }
}
