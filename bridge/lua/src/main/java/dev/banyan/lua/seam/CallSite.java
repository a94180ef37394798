package dev.banyan.lua.seam;

import org.jspecify.annotations.Nullable;

/**
 * For any thread: a function that is called through the seam, with a place in which the seam keeps
 * what it has found out about it, so that no call looks for it anew.
 */
public final class CallSite {
  private final String module;
  private final String function;

  /** Immutable, so that a thread that still sees an older one is not misled. */
  private @Nullable Object known;

  /**
   * A function of a module.
   *
   * @param module what the legacy passes to {@code require}
   * @param function the function in the module's table
   */
  public CallSite(String module, String function) {
    this.module = module;
    this.function = function;
  }

  /** What the legacy passes to {@code require}. */
  public String module() {
    return module;
  }

  /** The function in the module's table. */
  public String function() {
    return function;
  }

  /** What the seam has kept, lately or a little earlier; null when it is nothing. */
  public @Nullable Object known() {
    return known;
  }

  /**
   * Keeps what the seam has found out; the latest stays.
   *
   * @param found immutable, and good to be found by any thread at any later time
   */
  public void know(Object found) {
    known = found;
  }
}
