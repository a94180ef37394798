package dev.banyan.gateway;

import dev.banyan.lua.seam.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Owned by its request's loop: why a client's request was in Lua, its subrequests included. */
final class PathTrace implements Consumer<String> {
  private boolean handled;
  private List<String> reasons = List.of();

  /** A handler ran, whoever ran it. */
  void handled() {
    handled = true;
  }

  /** Lua is needed; a reason counts once a request, and not what follows from another one. */
  @Override
  public void accept(String reason) {
    if (reasons.isEmpty()) {
      reasons = new ArrayList<>(2);
    }
    boolean follows = reason.equals(Pipeline.IN_LUA) && !reasons.isEmpty();
    if (!follows && !reasons.contains(reason)) {
      reasons.add(reason);
    }
  }

  /** Whether a handler ran. */
  boolean isHandled() {
    return handled;
  }

  /** Why Lua was needed, in order. */
  List<String> reasons() {
    return reasons;
  }
}
