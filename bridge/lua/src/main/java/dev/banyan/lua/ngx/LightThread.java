package dev.banyan.lua.ngx;

import dev.banyan.fiber.Fiber;
import dev.banyan.lua.Coroutine;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by its worker's loop: the entry thread or a light thread of a handler's run. */
final class LightThread {
  /** What became of it. */
  enum State {
    /** It runs or waits. */
    ALIVE,
    /** It called {@code coroutine.yield} and goes on when the others had their turn. */
    YIELDED,
    /** It ended and its parent has not asked for the results. */
    ZOMBIE,
    /** It ended for good. */
    DEAD
  }

  final Execution execution;
  final Coroutine coroutine;

  /** The Lua thread that spawned this one; null for the entry thread. */
  final @Nullable Coroutine parent;

  State state = State.ALIVE;

  /** The fiber that runs it; null for an entry thread outside of fibers. */
  @Nullable Fiber fiber;

  /** The fiber that waits for its end in {@code ngx.thread.wait}. */
  @Nullable Fiber waiter;

  /** Subrequests that this thread waits for. */
  int pendingCaptures;

  /** What {@code ngx.thread.wait} answers. */
  Varargs results = LuaValue.NONE;

  LightThread(Execution execution, Coroutine coroutine, @Nullable Coroutine parent) {
    this.execution = execution;
    this.coroutine = coroutine;
    this.parent = parent;
    coroutine.attach(this);
  }

  boolean ended() {
    return state == State.ZOMBIE || state == State.DEAD;
  }
}
