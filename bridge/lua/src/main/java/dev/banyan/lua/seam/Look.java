package dev.banyan.lua.seam;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.RequestHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: what stood at a handler's watched places at one moment. It is noted as
 * the request holds it, which costs the request little, and made plain where it is compared.
 */
public final class Look {
  private final Watchpoints points;
  private final @Nullable Object[] noted;

  /** Made when it is asked for; threads that ask first together may each make them. */
  private volatile @Nullable Places places;

  Look(Watchpoints points, @Nullable Object[] noted) {
    this.points = points;
    this.noted = noted;
  }

  /** What is watched. */
  public Watched watched() {
    return points.watched();
  }

  /**
   * What stands there now: the same look, as long as nothing was put there.
   *
   * @param answered the response's fields, where they were sent before now; else null
   */
  Look again(RequestHost request, @Nullable Headers answered) {
    return points.again(this, noted, request, answered);
  }

  /** Whether fields of the response are looked at. */
  boolean showsResponse() {
    return points.watchResponse();
  }

  /** The places and what stood there; not to be changed. */
  Places places() {
    Places known = places;
    if (known == null) {
      known = points.places(noted).frozen();
      places = known;
    }
    return known;
  }

  /** The observation of a call that did nothing yet. */
  Observed observed() {
    return new Observed(List.of(), null, null, places(), null);
  }
}
