package dev.banyan.server.routing;

import dev.banyan.router.parity.Redactor;
import org.jspecify.annotations.Nullable;

/** What a port threw, for the log: its message may quote what a client sent, its frames don't. */
final class CauseText {
  /** Frames that are written of each throwable. */
  private static final int MAX_FRAMES = 24;

  /** Throwables that are written of a chain. */
  private static final int MAX_CAUSES = 4;

  private CauseText() {}

  /** Empty without a cause; else on lines of its own. */
  static String of(@Nullable Throwable cause, Redactor redactor) {
    StringBuilder text = new StringBuilder();
    Throwable one = cause;
    for (int i = 0; i < MAX_CAUSES && one != null; i++) {
      text.append("\n  ").append(i == 0 ? "" : "caused by ").append(one.getClass().getName());
      if (one.getMessage() != null) {
        text.append(": ").append(oneLine(redactor.text(one.getMessage())));
      }
      StackTraceElement[] frames = one.getStackTrace();
      for (int f = 0; f < Math.min(MAX_FRAMES, frames.length); f++) {
        text.append("\n    at ").append(frames[f]);
      }
      one = one.getCause();
    }
    return text.toString();
  }

  /** A message can't forge lines of the log. */
  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= Redactor.MAX_TEXT ? line : line.substring(0, Redactor.MAX_TEXT) + "…";
  }
}
