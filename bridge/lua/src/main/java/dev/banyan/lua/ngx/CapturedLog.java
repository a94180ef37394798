package dev.banyan.lua.ngx;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: the lines of the error log that {@code lua_capture_error_log} keeps for Lua.
 * Where they are more than its size, the oldest go.
 */
public final class CapturedLog {
  private static final int DEBUG = 8;

  /** What nginx writes before a line: its length, level and time. */
  private static final int HEAD = 24;

  private final int size;
  private final ArrayDeque<Line> lines = new ArrayDeque<>();
  private int used;
  private int level = DEBUG;

  /** One that keeps so many octets. */
  public CapturedLog(int size) {
    this.size = size;
  }

  /** A line without its end, and when it was written, in seconds since 1970. */
  record Line(int level, double time, String text) {
    int size() {
      return HEAD + text.length();
    }
  }

  /** Keeps a line if its level is wanted and it isn't larger than everything that is kept. */
  public void add(int lineLevel, double time, String text) {
    Line line = new Line(lineLevel, time, text);
    if (lineLevel > level || line.size() > size) {
      return;
    }
    while (used + line.size() > size) {
      take();
    }
    lines.addLast(line);
    used += line.size();
  }

  /** The oldest line, which is kept no longer; null when there is none. */
  @Nullable Line take() {
    Line line = lines.pollFirst();
    if (line != null) {
      used -= line.size();
    }
    return line;
  }

  /** Keeps only lines of this level and graver ones from now on. */
  void filter(int newLevel) {
    level = newLevel;
  }
}
