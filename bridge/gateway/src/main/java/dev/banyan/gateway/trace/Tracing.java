package dev.banyan.gateway.trace;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/** For any thread: decides which requests are traced. Called on workers' loops; must not wait. */
@FunctionalInterface
public interface Tracing {
  /**
   * A client's request begins.
   *
   * @param headers as the client sent them, which may name a trace that it belongs to
   * @return null when it isn't traced: nothing more is told of it then
   */
  @Nullable RequestTrace begin(String method, Headers headers);
}
