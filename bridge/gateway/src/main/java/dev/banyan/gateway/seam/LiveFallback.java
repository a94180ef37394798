package dev.banyan.gateway.seam;

import dev.banyan.api.FailMode;
import dev.banyan.host.CallOutcome;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamReply;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one call: says who answers when the port's answer can't count. Lua does while nothing
 * has happened that can't be taken back; after that, and where the module's fail mode says so, the
 * request goes on without the module or is refused.
 *
 * @param world what the port could change; null when it was given no door
 */
record LiveFallback(HostSeam seam, SeamCall call, @Nullable LiveWorld world) {
  private static final int INTERNAL_ERROR = 500;

  /** What a module's call gets that has no Lua to go to: what its fail mode says. */
  static SeamReply withoutLua(FailMode mode) {
    return switch (mode) {
      case OPEN -> new SeamReply.Pass();
      case CLOSED, LUA -> new SeamReply.Refuse(INTERNAL_ERROR);
    };
  }

  /** What follows when the port gave no answer. */
  SeamReply fellBack(CallOutcome.Fallback fallback) {
    if (fallback.failure() || committed()) {
      return failed(fallback.reason(), fallback.cause());
    }
    return lua(fallback.reason(), null);
  }

  /** What follows when the port failed. */
  SeamReply failed(String reason, @Nullable Throwable cause) {
    FailMode mode = seam.guards().rules(call.module()).failMode();
    if (mode == FailMode.LUA && !committed()) {
      return lua(reason, cause);
    }
    String told = committed() ? reason + " after a change that stays" : reason;
    seam.events().failed(call.module(), call.function(), mode, told, cause);
    return withoutLua(mode);
  }

  private boolean committed() {
    return world != null && world.committed();
  }

  private SeamReply lua(String reason, @Nullable Throwable cause) {
    seam.events().fellBack(call.module(), call.function(), reason, cause);
    return seam.luas(call);
  }
}
