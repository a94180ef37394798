package dev.banyan.lua.ngx;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaRuntimeError;
import dev.banyan.lua.LuaText;

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

  /** The line for a light thread. */
  static String lightThread(String message, String traceback) {
    return "lua user thread aborted: runtime error: " + message + threads(traceback);
  }

  private static String threads(String traceback) {
    return "\n"
        + HEAD
        + "\ncoroutine 0:"
        + traceback.substring(Math.min(HEAD.length(), traceback.length()));
  }
}
