package dev.banyan.router.flags;

import java.util.List;

/**
 * Immutable: what a module's flags are judged by, from the configuration.
 *
 * @param stickyKeys variables whose first non-empty value makes a user the same user
 * @param sides which of its sides are there
 */
public record ModulePolicy(String module, List<String> stickyKeys, Sides sides) {
  /** Copies the keys. */
  public ModulePolicy {
    stickyKeys = List.copyOf(stickyKeys);
    if (stickyKeys.isEmpty()) {
      throw new IllegalArgumentException("module " + module + " needs a sticky key");
    }
  }

  /** Whether a Java port is loaded. */
  public boolean ported() {
    return sides != Sides.LUA;
  }

  /** The user's key: the first variable that isn't empty. */
  String stickyKey(RequestFacts facts) {
    for (String variable : stickyKeys) {
      String value = facts.variable(variable);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
