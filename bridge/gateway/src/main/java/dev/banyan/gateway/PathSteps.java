package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.seam.ModuleCall;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxyTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the old path did with a request, step by step. */
final class PathSteps {
  private PathSteps() {}

  /** One step; not changed once the request has ended. */
  sealed interface Step {}

  /** {@code ngx.ctx} was forgotten: an internal redirect. */
  record Cleared() implements Step {}

  /**
   * A handler's Lua ran.
   *
   * @param declared its pipeline
   * @param variable what {@code set_by_lua} sets; null in other phases
   * @param before the request when it began
   * @param failure how the last try of an upstream failed, in the balancer
   * @param piece what passes the body filter; null in other phases
   */
  record Began(
      Phase phase,
      String place,
      List<ModuleCall> declared,
      @Nullable String variable,
      RequestMoment before,
      @Nullable Failure failure,
      @Nullable Piece piece) {}

  /** A piece of the response's body, as octets. */
  record Piece(String octets, boolean last) {}

  /** How the last try of an upstream failed, as the balancer is told. */
  record Failure(String state, int status) {}

  /**
   * How a handler's Lua ended.
   *
   * @param calls the functions with ports that it called, in order
   * @param outcome how it ended
   * @param printed what it sent as a body, or left of a piece in the body filter, as octets; null
   *     for nothing
   * @param then the request when it ended, or before it sent the first piece of a body
   */
  record Handled(
      Began began, List<Noted> calls, Outcome outcome, @Nullable String printed, RequestMoment then)
      implements Step {}

  /** A call that Lua made, and what it asked of the world. */
  record Noted(ModuleCall call, Journal journal) {}

  /**
   * What of a request to an origin follows from the location and the body's way.
   *
   * @param length of the body, -1 for none
   * @param chunked whether it went out chunked
   */
  record Framing(ProxyTarget target, long length, boolean chunked) {}

  /**
   * A request went to an origin.
   *
   * @param address of the origin
   * @param bodies the body that went out and the client's own, when Lua has replaced it
   */
  record Sent(
      ContentHandler.Proxy handler,
      Framing framing,
      String method,
      String uri,
      Headers head,
      String address,
      @Nullable Bodies bodies,
      RequestMoment when)
      implements Step {}

  /**
   * An answer was looked for in a cache.
   *
   * @param key what it was looked for by
   */
  record Looked(ContentHandler.Proxy handler, String key, RequestMoment when) implements Step {}

  /**
   * The response's head went to the client.
   *
   * @param fields those of the response, before the server adds its own
   */
  record Headed(int status, Headers fields) implements Step {}

  /** Octets of a replaced body. */
  record Bodies(String sent, String received) {}
}
