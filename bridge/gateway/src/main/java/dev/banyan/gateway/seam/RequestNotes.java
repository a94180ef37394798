package dev.banyan.gateway.seam;

import dev.banyan.lua.ngx.RequestHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: what is noted of a request for all of its shadowed calls. */
final class RequestNotes {
  private final SharedVariables variables = new SharedVariables();
  private final RequestFacts facts;
  private @Nullable Traffic traffic;

  RequestNotes(RequestHost request) {
    this.facts = RequestFacts.of(request, variables);
  }

  /** What people tell it by. */
  RequestFacts facts() {
    return facts;
  }

  /** What its calls have read of its variables. */
  SharedVariables variables() {
    return variables;
  }

  /**
   * The traffic that it belongs to now.
   *
   * @param keys the variables that tell kinds apart
   */
  Traffic traffic(RequestHost request, List<String> keys) {
    Traffic known = traffic;
    if (known == null || !known.isOf(request, keys, variables)) {
      known = Traffic.of(request, keys, variables);
      traffic = known;
    }
    return known;
  }
}
