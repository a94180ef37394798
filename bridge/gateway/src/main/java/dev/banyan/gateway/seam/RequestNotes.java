package dev.banyan.gateway.seam;

import dev.banyan.lua.ngx.RequestHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: what is noted of a request for all of its shadowed calls. */
final class RequestNotes {
  private final RequestFacts facts;
  private @Nullable Traffic traffic;

  RequestNotes(RequestHost request) {
    this.facts = RequestFacts.of(request);
  }

  /** What people tell it by. */
  RequestFacts facts() {
    return facts;
  }

  /**
   * The traffic that it belongs to now.
   *
   * @param keys the variables that tell kinds apart
   */
  Traffic traffic(RequestHost request, List<String> keys) {
    Traffic known = traffic;
    if (known == null || !known.isOf(request, keys)) {
      known = Traffic.of(request, keys);
      traffic = known;
    }
    return known;
  }
}
