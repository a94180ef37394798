package dev.banyan.gateway.seam;

import dev.banyan.api.Effect;
import dev.banyan.api.FailMode;
import dev.banyan.host.BoundPort;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallOutcome;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamReply;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one call: says who answers when the port's answer can't count. Lua does while nothing
 * has happened that can't be taken back; after that, and where the module's fail mode says so, the
 * request goes on without the module or is refused.
 */
final class LiveReceipt implements SeamReply.Receipt {
  private static final int INTERNAL_ERROR = 500;

  private final LiveWorld world;
  private final BoundPort port;
  private final CallGuards guards;
  private final Function<SeamCall, SeamReply> luas;

  /**
   * Creates it.
   *
   * @param port the version that was asked
   * @param luas tells what stands for Lua's answer to a call
   */
  LiveReceipt(
      LiveWorld world, BoundPort port, CallGuards guards, Function<SeamCall, SeamReply> luas) {
    this.world = world;
    this.port = port;
    this.guards = guards;
    this.luas = luas;
  }

  /** What a module's call gets that has no Lua to go to: what its fail mode says. */
  static SeamReply withoutLua(FailMode mode) {
    return switch (mode) {
      case OPEN -> new SeamReply.Pass();
      case CLOSED, LUA -> new SeamReply.Refuse(INTERNAL_ERROR);
    };
  }

  @Override
  public long nanos() {
    return world.guarded().nanos();
  }

  @Override
  public void accepted() {
    world.release();
  }

  @Override
  public SeamReply.Later later(Effect.Later timer) {
    return PortTimer.of(port, timer, guards, world.events());
  }

  @Override
  public SeamReply refused(String reason) {
    return failed("can't be applied: " + reason, null);
  }

  /** What follows when the port gave no answer. */
  SeamReply fellBack(CallOutcome.Fallback fallback) {
    if (fallback.failure() || world.committed()) {
      return failed(fallback.reason(), fallback.cause());
    }
    return lua(fallback.reason(), null);
  }

  /** What follows when the port failed. */
  SeamReply failed(String reason, @Nullable Throwable cause) {
    FailMode mode = world.guarded().rules().failMode();
    if (mode == FailMode.LUA && !world.committed()) {
      return lua(reason, cause);
    }
    String told = world.committed() ? reason + " after a change that stays" : reason;
    SeamCall call = world.call();
    world.events().failed(call.module(), call.function(), mode, told, cause);
    return withoutLua(mode);
  }

  private SeamReply lua(String reason, @Nullable Throwable cause) {
    SeamCall call = world.call();
    world.events().fellBack(call.module(), call.function(), reason, cause);
    return luas.apply(call);
  }
}
