package dev.banyan.server.routing;

import dev.banyan.gateway.seam.ModulePolicy;
import dev.banyan.router.flags.Assignment;
import dev.banyan.server.flags.FlagStore;

/** For any thread: decides by the flags in force when a request starts. */
public final class FlaggedPolicy implements ModulePolicy {
  private final FlagStore flags;

  /** Decides by these flags. */
  public FlaggedPolicy(FlagStore flags) {
    this.flags = flags;
  }

  @Override
  public Plan pin() {
    Assignment assignment = new Assignment(flags.current(), flags.policy());
    return (module, call) -> assignment.way(module, call::variable);
  }
}
