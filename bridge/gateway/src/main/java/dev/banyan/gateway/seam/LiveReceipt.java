package dev.banyan.gateway.seam;

import dev.banyan.api.FailMode;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.CallRules;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamReply;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one call: says who answers when the port's answer can't count. Lua does while nothing
 * has happened that can't be taken back; after that, and where the module's fail mode says so, the
 * request goes on without the module or is refused.
 */
final class LiveReceipt implements SeamReply.Receipt {
  private static final int INTERNAL_ERROR = 500;

  private final SeamCall call;
  private final CallRules rules;
  private final LiveWorld world;
  private final SeamEvents events;

  LiveReceipt(SeamCall call, CallRules rules, LiveWorld world, SeamEvents events) {
    this.call = call;
    this.rules = rules;
    this.world = world;
    this.events = events;
  }

  @Override
  public void accepted() {
    world.release();
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
    FailMode mode = rules.failMode();
    if (mode == FailMode.LUA && !world.committed()) {
      return lua(reason, cause);
    }
    String told = world.committed() ? reason + " after a change that stays" : reason;
    events.failed(call.module(), call.function(), mode, told, cause);
    return switch (mode) {
      case OPEN -> new SeamReply.Pass();
      case CLOSED, LUA -> new SeamReply.Refuse(INTERNAL_ERROR);
    };
  }

  private SeamReply lua(String reason, @Nullable Throwable cause) {
    events.fellBack(call.module(), call.function(), reason, cause);
    return new SeamReply.CallLua();
  }
}
