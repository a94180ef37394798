package dev.banyan.server.progress;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: which lines of a module's Lua the calls of the latest recording have reached.
 *
 * @param at when it was noted
 * @param all lines that hold code of functions
 * @param reached how many of them
 * @param missing those that no call reached, the first {@link #MAX_LINES}
 */
public record LinesRecord(Instant at, int all, int reached, List<Integer> missing) {
  /** Lines that are kept. */
  public static final int MAX_LINES = 200;

  /** Copies the list. */
  public LinesRecord {
    missing = List.copyOf(missing.subList(0, Math.min(MAX_LINES, missing.size())));
  }

  /** What the report of a recording tells; null when it tells nothing of lines. */
  static @Nullable LinesRecord of(@Nullable Map<String, @Nullable Object> report, Instant at) {
    if (report != null
        && report.get("lines") instanceof Map<?, ?> lines
        && lines.get("all") instanceof Integer all
        && all > 0
        && lines.get("reached") instanceof Integer reached
        && lines.get("missing") instanceof Iterable<?> missing) {
      List<Integer> numbers = new ArrayList<>();
      for (Object one : missing) {
        if (one instanceof Integer number) {
          numbers.add(number);
        }
      }
      return new LinesRecord(at, all, reached, numbers);
    }
    return null;
  }
}
