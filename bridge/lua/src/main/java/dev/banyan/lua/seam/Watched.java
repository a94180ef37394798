package dev.banyan.lua.seam;

import java.util.Set;

/**
 * Immutable: the places that a port declared to write, and that are compared in shadow.
 *
 * @param ctx keys of {@code ngx.ctx}
 * @param vars nginx variables
 * @param requestHeaders request headers
 * @param responseHeaders response headers
 * @param uri whether the URI and the arguments are watched
 * @param status whether the response's status is watched
 * @param chunk whether the piece in the body filter is watched
 * @param peer whether the choice of the upstream's peer is watched
 * @param timers whether it is watched when timers are due
 */
public record Watched(
    Set<String> ctx,
    Set<String> vars,
    Set<String> requestHeaders,
    Set<String> responseHeaders,
    boolean uri,
    boolean status,
    boolean chunk,
    boolean peer,
    boolean timers) {
  /**
   * Before the place of a header: how its name is spelled, which HTTP/1.1 shows. The order of
   * fields of different names has no meaning (RFC 9110, 5.3) and is no place.
   */
  public static final String SPELLING = "spelling of ";

  /** The place of the lines in the error log, where those are compared. */
  public static final String LOG = "log";

  /** Nothing is watched: a plain function. */
  public static final Watched NOTHING =
      new Watched(Set.of(), Set.of(), Set.of(), Set.of(), false, false, false, false, false);
}
