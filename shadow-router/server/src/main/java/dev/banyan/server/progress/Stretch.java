package dev.banyan.server.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Immutable: what happened in an hour, or in a day that is long past.
 *
 * @param at when it began
 * @param span how long it is
 * @param withoutLua requests that were served without Lua
 * @param inLua requests that were in Lua
 * @param modules by name
 */
public record Stretch(
    Instant at, Duration span, long withoutLua, long inLua, Map<String, Row> modules) {
  /** Copies the map. */
  public Stretch {
    modules = Collections.unmodifiableMap(new TreeMap<>(modules));
  }

  /**
   * One module.
   *
   * @param stage at the end
   * @param lua calls that Lua answered
   * @param java calls that Java answered
   * @param fallbacks calls for which Java was asked and Lua had to answer
   */
  public record Row(Stage stage, long lua, long java, long fallbacks) {
    Row plus(Row later) {
      return new Row(later.stage, lua + later.lua, java + later.java, fallbacks + later.fallbacks);
    }
  }

  static Stretch begin(Instant at, Duration span) {
    return new Stretch(at, span, 0, 0, Map.of());
  }

  /** This and what came later, as one that begins and lasts as this one. */
  Stretch plus(long without, long in, Map<String, Row> later) {
    Map<String, Row> all = new TreeMap<>(modules);
    later.forEach((name, row) -> all.merge(name, row, Row::plus));
    return new Stretch(at, span, withoutLua + without, inLua + in, all);
  }

  /** How many modules were at a stage when it ended. */
  public long at(Stage stage) {
    return modules.values().stream().filter(row -> row.stage() == stage).count();
  }

  /** How many modules needed no Lua when it ended. */
  public long done() {
    return at(Stage.JAVA) + at(Stage.RETIRED);
  }
}
