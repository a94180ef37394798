package dev.banyan.gateway.seam;

import dev.banyan.api.Way;
import dev.banyan.host.CallView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Thread-safe: decides who answers calls to ports. The router implements it. */
@FunctionalInterface
public interface ModulePolicy {
  /** Leaves everything to Lua. */
  ModulePolicy LUA = () -> (module, call) -> Way.LUA;

  /** Pins the decisions of one request, at its start: later changes of flags don't reach it. */
  Plan pin();

  /** Owned by one request: its frozen decisions. */
  @FunctionalInterface
  interface Plan {
    /** Who answers this module; the same answer at every call of the request. */
    Way way(String module, CallView call);

    /**
     * The answer that {@link #way} has given for this module, or null before its first call; asked
     * for modules that aren't {@linkplain #settled() settled}.
     */
    default @Nullable Way known(String module) {
      return null;
    }

    /**
     * Who answers the modules for which that is the same in any request, whatever it holds. The
     * same map is given until a flag changes, and doesn't change itself.
     */
    default Map<String, Way> settled() {
      return Map.of();
    }

    /** Who would answer now, without deciding it; the request may still change. */
    default Way expected(String module, CallView call) {
      return way(module, call);
    }
  }
}
