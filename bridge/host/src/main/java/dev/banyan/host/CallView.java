package dev.banyan.host;

import dev.banyan.api.Headers;
import dev.banyan.api.PeerFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the request's worker: the request as a port's sources read it, at one call.
 *
 * <p>Octet strings; nothing is copied before it is asked for.
 */
public interface CallView {
  /** The request's method. */
  String method();

  /** The current normalised URI without arguments. */
  String path();

  /** The target as sent by the client. */
  String rawTarget();

  /** The current raw arguments, empty for none. */
  String args();

  /** First value of a request header, or null. */
  @Nullable String header(String name);

  /** All values of a request header. */
  List<String> headers(String name);

  /** The request's headers, at most {@code max} (0 for all), unmodifiable, as they are now. */
  Headers allHeaders(int max);

  /** The request's headers as they are now, for any thread; not to be changed. */
  default Headers requestHead() {
    return allHeaders(0).frozen();
  }

  /** Value of an nginx variable, or null. */
  @Nullable String variable(String name);

  /** Value at a top-level key of {@code ngx.ctx}: string, double, boolean, view or null. */
  @Nullable Object ctx(String key);

  /** A field of the Lua module that is called: string, double, boolean, view or null. */
  @Nullable Object field(String name);

  /** The response's status, 0 while there is none. */
  int status();

  /** First value of a response header, or null. */
  @Nullable String responseHeader(String name);

  /** All values of a response header. */
  List<String> responseHeaders(String name);

  /** A copy of the response's headers, at most {@code max} (0 for all). */
  Headers allResponseHeaders(int max);

  /** The response's headers as they are now, for any thread; not to be changed. */
  default Headers responseHead() {
    return allResponseHeaders(0).frozen();
  }

  /** The piece that passes the body filter; empty outside of it. */
  byte[] chunk();

  /** Whether that piece is the last. */
  boolean lastChunk();

  /** How the last try of the upstream failed; null at the first and outside of the balancer. */
  @Nullable PeerFailure lastFailure();

  /** The request body, read if need be; null when there is none or it is above {@code max}. */
  byte @Nullable [] body(int max);

  /**
   * Whether what is extracted must outlive the call and leave its thread (shadow): views are then
   * copied.
   */
  boolean detached();
}
