package dev.banyan.lua;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * A thread's stack as Lua counts it: frames, and between them the natives that have no frame but
 * show in the callee register of the code that called them.
 */
@SuppressWarnings("ReferenceEquality")
final class CallLevels {
  private static final Set<String> CALLED_BY_C = Set.of("dofile", "format", "gsub", "load", "sort");

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
      return caller == null || closure == null
          ? null
          : VariableName.ofCalled(closure.code, caller.pc - 1);
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
      if (i == thread.depth - 1 && hidden == null) {
        hidden = tailCalledNative(thread, frame);
      }
      if (hidden != null && (i == thread.depth - 1 || stands(hidden, thread.frames[i + 1]))) {
        levels.add(new Level(null, hidden, frame));
      }
      levels.add(
          new Level(frame, frame.function, i > 0 ? caller(thread.frames[i - 1], frame) : null));
    }
    return levels;
  }

  /**
   * The levels of a thread that an error has ended. On its way out, LuaJIT's error drops what
   * stands above a native that calls Lua by C's stack. A native metamethod that failed is the
   * first.
   */
  static List<Level> leftBy(Coroutine thread) {
    List<Level> levels = of(thread);
    for (int i = levels.size() - 1; i > 0; i--) {
      Level level = levels.get(i);
      if (level.frame() == null && level.function() instanceof NativeFunction f && callsByC(f)) {
        return levels.subList(i, levels.size());
      }
    }
    Frame top = levels.isEmpty() ? null : levels.getFirst().frame();
    if (top != null && readsThroughMetatable(top)) {
      levels.addFirst(new Level(null, null, top));
    }
    return levels;
  }

  /** Whether a frame's current instruction looks up a key of a table that natives answer for. */
  private static boolean readsThroughMetatable(Frame frame) {
    BridgeClosure closure = frame.closure();
    int register = closure == null ? -1 : closure.code.indexedRegister(frame.pc - 1);
    if (register < 0) {
      return false;
    }
    LuaValue indexed = frame.registers[register];
    return indexed instanceof VirtualTable
        || (indexed instanceof LuaTable table && table.getmetatable() != null);
  }

  /** The frame whose code called a frame's function, or null when a native did. */
  private static @Nullable Frame caller(Frame below, Frame frame) {
    LuaFunction hidden = calledNative(below);
    return hidden == null || !stands(hidden, frame) ? below : null;
  }

  /** Whether a native that code called has a level of its own below the frame that it led to. */
  private static boolean stands(LuaFunction hidden, Frame frame) {
    return frame.function != hidden && !isTail(hidden);
  }

  /** LuaJIT's {@code tostring} hands over to {@code __tostring} rather than calls it. */
  private static boolean isTail(LuaFunction function) {
    return function instanceof NativeFunction f
        && f.builtinNumber() > 0
        && f.name().equals("tostring");
  }

  private static boolean callsByC(NativeFunction function) {
    return function.name().equals("require")
        || (function.builtinNumber() > 0 && CALLED_BY_C.contains(function.name()));
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

  /**
   * The native that stands in the place of the Lua function which the top frame calls: that one has
   * ended by {@code return native()}, and its frame lies above the top as it left it.
   */
  private static @Nullable LuaFunction tailCalledNative(Coroutine thread, Frame top) {
    if (thread.depth >= thread.frames.length || !(called(top) instanceof BridgeClosure)) {
      return null;
    }
    Frame ended = thread.frames[thread.depth];
    BridgeClosure closure = ended == null ? null : ended.closure();
    boolean byTailCall =
        closure != null
            && ended.pc > 0
            && Code.op(closure.code.text[ended.pc - 1]) == Lua.OP_TAILCALL;
    return byTailCall ? calledNative(ended) : null;
  }

  /** The native that a frame's current instruction calls, or null. */
  static @Nullable LuaFunction calledNative(Frame frame) {
    return called(frame) instanceof LuaFunction f && !(f instanceof BridgeClosure) ? f : null;
  }

  /** What a frame's current instruction calls, or null. */
  private static @Nullable LuaValue called(Frame frame) {
    BridgeClosure closure = frame.closure();
    int register = closure == null ? -1 : closure.code.calledRegister(frame.pc - 1);
    return register < 0 ? null : frame.registers[register];
  }
}
