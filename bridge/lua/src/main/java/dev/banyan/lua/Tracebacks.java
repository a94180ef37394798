package dev.banyan.lua;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;

/** Prints call stacks as LuaJIT's {@code debug.traceback}. */
public final class Tracebacks {
  private static final int HEAD = 12;
  private static final int TAIL = 10;

  private Tracebacks() {}

  /** The whole stack of a thread that isn't running or whose call failed. */
  public static String of(Coroutine thread) {
    return print(CallLevels.of(thread), 0);
  }

  /** The stack of a thread that isn't running, without its first {@code level} levels. */
  public static String of(Coroutine thread, int level) {
    boolean dead = thread.status() == Coroutine.Status.DEAD;
    return dead
        ? print(CallLevels.leftBy(thread), level, true)
        : print(CallLevels.of(thread), level);
  }

  /** The stack of a thread as lua-nginx-module prints it, without the heading. */
  public static String ofThread(Coroutine thread) {
    StringBuilder text = new StringBuilder();
    int printed = 0;
    for (CallLevels.Level level : CallLevels.leftBy(thread)) {
      if (printed == HEAD + TAIL) {
        return text.append("\n\t...").toString();
      }
      line(text, level, printed++ == 0, true);
    }
    return text.toString();
  }

  /**
   * The running thread's stack as a native sees it.
   *
   * @param self the native that asks, level 0
   * @param level where to start
   */
  public static String seenBy(Coroutine thread, @Nullable LuaFunction self, int level) {
    return print(CallLevels.seenBy(thread, self), level);
  }

  private static String print(List<CallLevels.Level> levels, int from) {
    return print(levels, from, false);
  }

  private static String print(List<CallLevels.Level> levels, int from, boolean left) {
    StringBuilder text = new StringBuilder("stack traceback:");
    int total = levels.size();
    boolean shorten = total - from > HEAD + TAIL;
    for (int i = Math.max(from, 0); i < total; i++) {
      if (shorten && i == from + HEAD - 1) {
        text.append("\n\t...");
        i = total - TAIL;
      }
      line(text, levels.get(i), left && i == 0, false);
    }
    return text.toString();
  }

  /**
   * Prints one level.
   *
   * @param lost whether an error has left the thread here: LuaJIT no longer knows at which line
   */
  private static void line(
      StringBuilder text, CallLevels.Level level, boolean lost, boolean ofThread) {
    text.append("\n\t");
    VariableName name = level.name();
    BridgeClosure closure = level.closure();
    if (closure == null || level.frame() == null) {
      nativeLine(text, level, name, ofThread);
      return;
    }
    Code code = closure.code;
    text.append(code.shortSource);
    if (!lost) {
      text.append(':').append(level.frame().line());
    }
    text.append(':');
    if (name != null) {
      text.append(" in function '").append(name.name()).append('\'');
    } else if (code.parent == null) {
      text.append(" in main chunk");
    } else {
      text.append(" in function <")
          .append(code.shortSource)
          .append(':')
          .append(code.firstLine)
          .append('>');
    }
  }

  private static void nativeLine(
      StringBuilder text, CallLevels.Level level, @Nullable VariableName name, boolean ofThread) {
    LuaFunction function = level.function();
    if (name != null || function == null || level.caller() == null) {
      String known = name != null ? name.name() : function == null ? "?" : function.name();
      text.append(source(function)).append(": in function '").append(known).append('\'');
    } else if (ofThread) {
      text.append("[C]: ?");
    } else {
      int number = function instanceof NativeFunction f ? f.builtinNumber() : 0;
      text.append(number > 0 ? "[builtin#" + number + "]: at " : "[C]: at ")
          .append("0x%08x".formatted(System.identityHashCode(function)));
    }
  }

  /** LuaJIT has a few functions in its own bytecode. */
  private static String source(@Nullable LuaFunction function) {
    return function instanceof NativeFunction f && f.name().startsWith("foreach")
        ? "[builtin:" + f.name() + "]"
        : "[C]";
  }
}
