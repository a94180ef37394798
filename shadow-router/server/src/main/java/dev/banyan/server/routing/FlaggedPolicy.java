package dev.banyan.server.routing;

import dev.banyan.api.Way;
import dev.banyan.gateway.seam.ModulePolicy;
import dev.banyan.host.CallView;
import dev.banyan.router.flags.Assignment;
import dev.banyan.server.flags.FlagStore;
import org.jspecify.annotations.Nullable;

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
    return new Assigned(assignment);
  }

  /** Owned by one request. */
  private record Assigned(Assignment assignment) implements Plan {
    @Override
    public Way way(String module, CallView call) {
      return assignment.way(module, call::variable);
    }

    @Override
    public @Nullable Way known(String module) {
      return assignment.known(module);
    }

    @Override
    public Way expected(String module, CallView call) {
      return assignment.expected(module, call::variable);
    }
  }
}
