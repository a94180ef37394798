package dev.banyan.lua.ngx;

import dev.banyan.api.Phase;
import dev.banyan.lua.Coroutine;
import dev.banyan.lua.LuaRuntimeError;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Tracebacks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The error log's lines about handlers that failed. */
final class Failures {
  private Failures() {}

  private static final String NO_TEXT = "unknown reason";

  /** The error value as lua-nginx-module prints it. */
  static String message(LuaRuntimeError error) {
    return error.value().isstring() ? LuaText.latin1(error.value()) : NO_TEXT;
  }

  /**
   * The line for a handler of {@code phase}.
   *
   * @param threads what is printed of the stacks where the handler can wait
   */
  static String line(Phase phase, String message, String traceback, List<String> threads) {
    return switch (phase) {
      case INIT -> "init_by_lua error: " + message + "\n" + traceback;
      case INIT_WORKER -> "init_worker_by_lua error: " + message + "\n" + traceback;
      case SERVER_REWRITE, REWRITE, ACCESS, CONTENT, TIMER, SSL_CLIENT_HELLO, SSL_CERTIFICATE ->
          "lua entry thread aborted: runtime error: " + message + stacks(threads);
      default -> "failed to run " + ApiGate.context(phase) + ": " + withStack(message, traceback);
    };
  }

  /** Only texts are given a stack, as {@code debug.traceback} does. */
  private static String withStack(String message, String traceback) {
    return message.equals(NO_TEXT) ? message : message + "\n" + traceback;
  }

  /** The line for a light thread, with the stacks of the threads that it descends from. */
  static String lightThread(LightThread thread, String message, List<String> threads) {
    List<String> all = new ArrayList<>(threads);
    for (Coroutine each = thread.parent; each != null && !isDead(each); each = parent(each)) {
      all.add(Tracebacks.ofThread(each));
    }
    return "lua user thread aborted: runtime error: " + message + stacks(all);
  }

  private static boolean isDead(Coroutine coroutine) {
    return coroutine.attachment() instanceof LightThread thread
        && thread.state == LightThread.State.DEAD;
  }

  private static @Nullable Coroutine parent(Coroutine coroutine) {
    return coroutine.attachment() instanceof LightThread thread ? thread.parent : null;
  }

  private static String stacks(List<String> threads) {
    StringBuilder text = new StringBuilder("\nstack traceback:");
    for (int i = 0; i < threads.size(); i++) {
      text.append("\ncoroutine ").append(i).append(':').append(threads.get(i));
    }
    return text.toString();
  }
}
