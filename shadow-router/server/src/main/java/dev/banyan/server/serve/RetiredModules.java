package dev.banyan.server.serve;

import java.util.Set;

/** For any thread: the modules without a Lua file, as of the latest start or reload. */
public final class RetiredModules {
  private volatile Set<String> names;

  /** Begins with these. */
  public RetiredModules(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** Whether a module's port stands for it alone. */
  public boolean contains(String module) {
    return names.contains(module);
  }

  /** Takes others from now on; answers those before. */
  synchronized Set<String> replace(Set<String> others) {
    Set<String> before = names;
    names = Set.copyOf(others);
    return before;
  }
}
