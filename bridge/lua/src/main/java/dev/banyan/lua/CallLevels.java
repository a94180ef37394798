package dev.banyan.lua;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

/**
 * A thread's stack as Lua counts it: frames, and between them the natives that have no frame but
 * show in the callee register of the code that called them.
 */
@SuppressWarnings("ReferenceEquality")
final class CallLevels {
  private CallLevels() {}

  /**
   * One level.
   *
   * @param frame the frame of Lua code or of a native that has one
   * @param function the function
   * @param caller the frame whose current instruction made the call, if Lua code did
   */
  record Level(@Nullable Frame frame, @Nullable LuaFunction function, @Nullable Frame caller) {
    /** The name that the calling code has for the function, or null. */
    @Nullable VariableName name() {
      BridgeClosure closure = caller == null ? null : caller.closure();
      if (caller == null || closure == null) {
        return null;
      }
      int register = closure.code.calledRegister(caller.pc - 1);
      return register < 0 ? null : VariableName.ofRegister(closure.code, caller.pc - 1, register);
    }

    /** The closure, or null for natives. */
    @Nullable BridgeClosure closure() {
      return function instanceof BridgeClosure c ? c : null;
    }
  }

  /** All levels from the top; the first is the native that runs, when it can be known. */
  static List<Level> of(Coroutine thread) {
    List<Level> levels = new ArrayList<>();
    for (int i = thread.depth - 1; i >= 0; i--) {
      Frame frame = thread.frames[i];
      LuaFunction hidden = calledNative(frame);
      if (hidden != null && (i == thread.depth - 1 || thread.frames[i + 1].function != hidden)) {
        levels.add(new Level(null, hidden, frame));
      }
      levels.add(new Level(frame, frame.function, i > 0 ? thread.frames[i - 1] : null));
    }
    return levels;
  }

  /**
   * The levels as the native {@code self} sees them: index 0 is itself, whether it has a frame, is
   * called by Lua code or by another native.
   */
  static List<Level> seenBy(Coroutine thread, @Nullable LuaFunction self) {
    List<Level> levels = of(thread);
    Level first = levels.isEmpty() ? null : levels.getFirst();
    if (first == null || first.closure() != null || (self != null && first.function != self)) {
      levels.addFirst(new Level(null, self, null));
    }
    return levels;
  }

  /** The native that a frame's current instruction calls, or null. */
  static @Nullable LuaFunction calledNative(Frame frame) {
    BridgeClosure closure = frame.closure();
    if (closure == null) {
      return null;
    }
    int register = closure.code.calledRegister(frame.pc - 1);
    if (register < 0) {
      return null;
    }
    LuaValue callee = frame.registers[register];
    return callee instanceof LuaFunction f && !(f instanceof BridgeClosure) ? f : null;
  }
}
