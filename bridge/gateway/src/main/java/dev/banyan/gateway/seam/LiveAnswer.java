package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamReply;
import org.jspecify.annotations.Nullable;

/** Owned by one call: what a port has answered, and what it held back until that counts. */
abstract sealed class LiveAnswer {
  final SeamCall call;
  private final @Nullable LiveWorld world;
  private final long nanos;

  private LiveAnswer(SeamCall call, @Nullable LiveWorld world, long nanos) {
    this.call = call;
    this.world = world;
    this.nanos = nanos;
  }

  /** Looked for where it is needed, so that an answer, which is made for each call, is small. */
  final HostSeam seam() {
    return HostSeam.of(call);
  }

  /** How long the port took, in nanoseconds. */
  public long nanos() {
    return nanos;
  }

  /** The answer counts: what was held back is written. */
  public void accepted() {
    if (world != null) {
      world.release();
    }
  }

  /** The answer can't be applied. */
  public SeamReply refused(String reason) {
    return new LiveFallback(seam(), call, world).failed("can't be applied: " + reason, null);
  }

  /** A handler's. */
  static final class Decided extends LiveAnswer implements SeamReply.Decide {
    private final Decision decision;

    /**
     * A decision.
     *
     * @param world what the port could change; null when it was given no door
     */
    Decided(SeamCall call, @Nullable LiveWorld world, long nanos, Decision decision) {
      super(call, world, nanos);
      this.decision = decision;
    }

    @Override
    public Decision decision() {
      return decision;
    }

    @Override
    public SeamReply.Later later(Effect.Later timer) {
      HostSeam seam = seam();
      return PortTimer.of(seam.called(call).port(), timer, seam.guards(), seam.events());
    }
  }

  /** A plain function's. */
  static final class Returned extends LiveAnswer implements SeamReply.Return {
    private final @Nullable Object value;

    /**
     * What the function returned.
     *
     * @param world what the port could change; null when it was given no door
     */
    Returned(SeamCall call, @Nullable LiveWorld world, long nanos, @Nullable Object value) {
      super(call, world, nanos);
      this.value = value;
    }

    @Override
    public @Nullable Object value() {
      return value;
    }
  }
}
