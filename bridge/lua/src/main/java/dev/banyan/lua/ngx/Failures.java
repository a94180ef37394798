package dev.banyan.lua.ngx;

import dev.banyan.api.Phase;
import dev.banyan.lua.Coroutine;
import dev.banyan.lua.LuaRuntimeError;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Tracebacks;
import org.jspecify.annotations.Nullable;

/** The error log's lines about handlers that failed. */
final class Failures {
  private static final String HEAD = "stack traceback:";

  private Failures() {}

  /** The error value as lua-nginx-module prints it. */
  static String message(LuaRuntimeError error) {
    return error.value().isstring() ? LuaText.latin1(error.value()) : "unknown reason";
  }

  /** The line for a handler of {@code phase}. */
  static String line(Phase phase, String message, String traceback) {
    return switch (phase) {
      case INIT -> "init_by_lua error: " + message + "\n" + traceback;
      case INIT_WORKER -> "init_worker_by_lua error: " + message + "\n" + traceback;
      case SERVER_REWRITE, REWRITE, ACCESS, CONTENT, TIMER ->
          "lua entry thread aborted: runtime error: " + message + threads(traceback);
      default -> "failed to run " + ApiGate.context(phase) + ": " + message + "\n" + traceback;
    };
  }

  /** The line for a light thread, with the stacks of the threads that it descends from. */
  static String lightThread(LightThread thread, String message, String traceback) {
    StringBuilder line = new StringBuilder("lua user thread aborted: runtime error: ");
    line.append(message).append(threads(traceback));
    int number = 1;
    for (Coroutine ancestor = thread.parent; ancestor != null; ancestor = parent(ancestor)) {
      line.append("\ncoroutine ").append(number++).append(':');
      line.append(withoutHead(Tracebacks.of(ancestor)));
    }
    return line.toString();
  }

  private static @Nullable Coroutine parent(Coroutine coroutine) {
    return coroutine.attachment() instanceof LightThread thread ? thread.parent : null;
  }

  private static String threads(String traceback) {
    return "\n" + HEAD + "\ncoroutine 0:" + withoutHead(traceback);
  }

  private static String withoutHead(String traceback) {
    return traceback.substring(Math.min(HEAD.length(), traceback.length()));
  }
}
