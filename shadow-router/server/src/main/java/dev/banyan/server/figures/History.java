package dev.banyan.server.figures;

import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySnapshot;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For any thread: what each module did in each of the last seconds. */
public final class History {
  /** Seconds that are kept: ten minutes. */
  public static final int SECONDS = 600;

  private final ParityBook parity;
  private final Clock clock;
  private final Map<String, Deque<Second>> byModule = new LinkedHashMap<>();
  private final Map<String, ParitySnapshot> before = new HashMap<>();

  /** An empty history. */
  public History(ParityBook parity, Clock clock) {
    this.parity = parity;
    this.clock = clock;
  }

  /** What one module did in one second. */
  private record Second(
      long at, long lua, long java, long compared, long mismatched, long fallbacks) {
    List<Long> row() {
      return List.of(at, lua, java, compared, mismatched, fallbacks);
    }
  }

  /** The meaning of a row's columns. */
  public static List<String> columns() {
    return List.of("at", "lua", "java", "compared", "mismatched", "fallbacks");
  }

  /** Closes a second: call once each second. */
  public synchronized void tick() {
    long at = clock.instant().getEpochSecond();
    for (ModuleParity page : parity.all()) {
      ParitySnapshot now = page.snapshot();
      ParitySnapshot last = before.put(page.module(), now);
      Deque<Second> seconds = byModule.computeIfAbsent(page.module(), _ -> new ArrayDeque<>());
      if (last == null) {
        continue;
      }
      Second latest = seconds.peekLast();
      if (latest != null && at < latest.at()) {
        seconds.clear(); // the clock was set back: what came later than now is told by nobody
      }
      seconds.addLast(since(at, last, now));
      if (seconds.size() > SECONDS) {
        seconds.removeFirst();
      }
    }
  }

  private static Second since(long at, ParitySnapshot last, ParitySnapshot now) {
    return new Second(
        at,
        now.luaCalls() - last.luaCalls(),
        now.javaCalls() - last.javaCalls(),
        Math.max(0, now.verdicts().compared() - last.verdicts().compared()),
        Math.max(0, now.verdicts().different() - last.verdicts().different()),
        now.fallbackTotal() - last.fallbackTotal());
  }

  /** The last second's row of each module. */
  public synchronized Map<String, @Nullable List<Long>> latest() {
    Map<String, @Nullable List<Long>> rows = new LinkedHashMap<>();
    byModule.forEach((module, seconds) -> {
      Second last = seconds.peekLast();
      rows.put(module, last == null ? null : last.row());
    });
    return rows;
  }

  /** All rows of a module, oldest first; empty for an unknown one. */
  public synchronized List<List<Long>> rows(String module) {
    List<List<Long>> rows = new ArrayList<>();
    Deque<Second> seconds = byModule.get(module);
    if (seconds != null) {
      seconds.forEach(second -> rows.add(second.row()));
    }
    return rows;
  }
}
