package dev.banyan.router.parity;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: one call that both sides answered.
 *
 * @param function the module's function
 * @param request facts of the request, for people: method, URI, host; not yet redacted
 * @param traffic the kind of traffic that it belongs to
 */
public record ShadowedCall(
    String function, Map<String, @Nullable Object> request, Traffic traffic) {
  /** Copies the facts. */
  public ShadowedCall {
    request = Collections.unmodifiableMap(new TreeMap<>(request));
  }
}
