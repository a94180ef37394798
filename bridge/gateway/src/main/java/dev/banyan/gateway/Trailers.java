package dev.banyan.gateway;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: the fields that go behind the body of an answer. */
final class Trailers {
  private @Nullable Headers ofOrigin;
  private @Nullable Headers evaluated;
  private @Nullable Headers sent;

  /** An origin has sent this one behind its body. */
  void add(String name, String value) {
    Headers all = ofOrigin == null ? new Headers() : ofOrigin;
    all.add(name, value);
    ofOrigin = all;
  }

  private static Headers configured(Request r) {
    return AddedHeaders.trailers(r, r.location().settings().headers());
  }

  /**
   * Evaluates the configured ones where the body ends, be it that a page follows and ends again.
   */
  void bodyEnds(Request r) {
    Headers earlier = evaluated;
    Headers now = configured(r);
    if (earlier == null || earlier.size() == 0) {
      evaluated = now.size() == 0 ? now : now.copy();
    } else {
      now.forEach(earlier::add);
    }
  }

  /** All of them, the origin's first; the body is through. */
  Headers complete(Request r) {
    Headers added = evaluated == null ? configured(r) : evaluated;
    Headers all = ofOrigin;
    if (all == null) {
      all = added;
    } else {
      added.forEach(all::add);
    }
    sent = all;
    return all;
  }

  /** What {@link #complete} has answered; null before. */
  @Nullable Headers sent() {
    return sent;
  }
}
