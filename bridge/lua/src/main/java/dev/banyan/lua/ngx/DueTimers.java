package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaNumbers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the timers of a call are told where calls are compared: by when they are due, in order. */
public final class DueTimers {
  /** The place where they stand. */
  public static final String PLACE = "timers";

  private static final double MILLIS_PER_SECOND = 1000;

  private DueTimers() {}

  /** A delay in seconds, as Lua writes numbers. */
  public static String seconds(Duration delay) {
    return LuaNumbers.format(delay.toMillis() / MILLIS_PER_SECOND);
  }

  /** Adds one more, due after so many seconds. */
  public static void add(Map<String, @Nullable Object> state, String seconds) {
    Object before = state.get(PLACE);
    state.put(PLACE, before == null ? seconds : before + ", " + seconds);
  }
}
