package dev.banyan.nginx.script;

import org.jspecify.annotations.Nullable;

/** How the value of a {@link Variable.Computed} comes about. */
public interface Computation {
  /** The value for a request; null when there is none. */
  @Nullable String compute(VariableScope scope);

  /** Whether the first value stands for the rest of the request ({@code volatile} is not given). */
  boolean cacheable();
}
