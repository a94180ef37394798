package dev.banyan.server.routing;

import dev.banyan.api.Way;
import dev.banyan.gateway.seam.ModulePolicy;
import dev.banyan.host.CallView;
import dev.banyan.router.flags.Assignment;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.server.flags.FlagStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For any thread: decides by the flags in force when a request starts. */
public final class FlaggedPolicy implements ModulePolicy {
  private final FlagStore flags;
  private volatile @Nullable Settled settled;

  /** Decides by these flags. */
  public FlaggedPolicy(FlagStore flags) {
    this.flags = flags;
  }

  @Override
  public Plan pin() {
    FlagSnapshot snapshot = flags.current();
    FlagPolicy policy = flags.policy();
    Settled known = settled;
    if (known == null || !known.by(snapshot, policy)) {
      known = new Settled(snapshot, policy, policy.settled(snapshot));
      settled = known;
    }
    return new Assigned(new Assignment(snapshot, policy), known.ways());
  }

  /** Immutable: what these flags decide for any request. */
  private record Settled(FlagSnapshot snapshot, FlagPolicy policy, Map<String, Way> ways) {
    @SuppressWarnings("ReferenceEquality") // flags and policy are replaced whole
    boolean by(FlagSnapshot flags, FlagPolicy rules) {
      return snapshot == flags && policy == rules;
    }
  }

  /** Owned by one request. */
  private record Assigned(Assignment assignment, Map<String, Way> settled) implements Plan {
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
