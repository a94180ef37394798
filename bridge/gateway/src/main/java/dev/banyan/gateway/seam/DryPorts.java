package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.api.Results;
import dev.banyan.host.BoundPort;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.ModuleHost;
import dev.banyan.host.ReplayedWorld;
import dev.banyan.lua.seam.DryCall;
import dev.banyan.lua.seam.ModuleCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: asks the ports that a request began with, as a declared pipeline asks them, in a
 * world that the journal of Lua's own call tells. No guard counts these calls and nobody hears of
 * them.
 */
public final class DryPorts {
  private final ModuleHost host;

  private DryPorts(ModuleHost host) {
    this.host = host;
  }

  /** Those of a request by what the seam pinned for it; null when no port is installed. */
  public static @Nullable DryPorts of(@Nullable Object plan) {
    ModuleHost host = HostSeam.host(plan);
    return host == null ? null : new DryPorts(host);
  }

  /** What came of a call. */
  public sealed interface Said {
    /** The port is not about this request. */
    record NotMeant() implements Said {}

    /** The handler decided. */
    record Decided(Decision decision) implements Said {}

    /** The function returned these. */
    record Returned(List<@Nullable Object> values) implements Said {}

    /**
     * The port leaves the call to Lua, or failed.
     *
     * @param cause what it threw, or what reading its input did; null for a port that declined
     */
    record Left(String reason, @Nullable Throwable cause) implements Said {}

    /** The port asked or wrote what Lua did not. */
    record Strayed(String complaint) implements Said {}
  }

  /** Whether a port answers this call in this phase. */
  public boolean answers(ModuleCall target, Phase phase) {
    BoundTarget bound = target(target);
    return bound != null && bound.in(phase);
  }

  private @Nullable BoundTarget target(ModuleCall target) {
    BoundPort port = host.port(target.module());
    return port == null ? null : port.target(target.function());
  }

  /** Asks; {@link #answers} has said that it can. */
  public Said ask(ModuleCall called, DryCall call, Journal journal) {
    BoundPort port = host.port(called.module());
    BoundTarget target = target(called);
    if (port == null || target == null) {
      throw new IllegalStateException("no port of " + called);
    }
    ReplayedWorld world = new ReplayedWorld(journal);
    if (!HostSeam.meant(port, target, call, false)) {
      String undone = world.complaint();
      return undone == null ? new Said.NotMeant() : new Said.Strayed(undone);
    }
    CallOutcome outcome = HostSeam.run(target, call, world);
    String complaint =
        outcome instanceof CallOutcome.Fallback ? world.complaintSoFar() : world.complaint();
    if (complaint != null) {
      return new Said.Strayed(complaint);
    }
    return switch (outcome) {
      case CallOutcome.Decided(var decision) -> new Said.Decided(decision);
      case CallOutcome.Answered answered -> returned(answered.results());
      case CallOutcome.Fallback fallback -> new Said.Left(fallback.reason(), fallback.cause());
    };
  }

  private static Said returned(Results results) {
    return results.error() == null
        ? new Said.Returned(results.values())
        : new Said.Left("raised an error", null);
  }
}
