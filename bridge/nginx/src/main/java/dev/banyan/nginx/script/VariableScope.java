package dev.banyan.nginx.script;

import org.jspecify.annotations.Nullable;

/**
 * Owned by one request: where templates read variables and captures, and where regexes leave
 * theirs.
 */
public interface VariableScope {
  /** A variable's value; null when it is not found or not set. */
  @Nullable String variable(Variable variable);

  /** Sets a variable; null unsets it. A computed variable is overridden for this request. */
  void set(Variable variable, @Nullable String value);

  /** Group {@code n} of the last regex that matched; null when it took no part. */
  @Nullable String capture(int n);

  /** Replaces the captures: the whole match first; an empty array clears them. */
  void captures(@Nullable String[] groups);
}
