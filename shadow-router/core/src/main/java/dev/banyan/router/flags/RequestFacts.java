package dev.banyan.router.flags;

import org.jspecify.annotations.Nullable;

/** Owned by the request's worker: what a flag may ask of a request, as nginx variables. */
@FunctionalInterface
public interface RequestFacts {
  /** The value of a variable such as {@code remote_addr} or {@code http_x_user}, or null. */
  @Nullable String variable(String name);
}
