package dev.banyan.nginx.script;

import org.jspecify.annotations.Nullable;

/** Resolves variable names. */
@FunctionalInterface
public interface VariableLookup {
  /** The variable of this name; null when the configuration knows none. */
  @Nullable Variable find(String name);
}
