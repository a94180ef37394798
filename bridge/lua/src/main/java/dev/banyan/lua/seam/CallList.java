package dev.banyan.lua.seam;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: the calls that a handler is declared to make, in order, with a place in which the
 * seam keeps what it has found out about them, so that no request looks for it anew.
 */
public final class CallList {
  private final List<ModuleCall> calls;
  private volatile @Nullable Object known;

  /** These calls. */
  public CallList(List<ModuleCall> calls) {
    this.calls = List.copyOf(calls);
  }

  /** The calls, in order. */
  public List<ModuleCall> calls() {
    return calls;
  }

  /** What the seam has kept, or null. */
  public @Nullable Object known() {
    return known;
  }

  /** Keeps what the seam has found out; the latest stays. */
  public void know(Object found) {
    known = found;
  }
}
