package dev.banyan.gateway.seam;

import java.util.List;
import java.util.function.Predicate;

/**
 * Immutable: what is noted of shadowed calls.
 *
 * @param classKeys the variables that tell kinds of traffic apart, without {@code $}
 * @param wholeCalls which calls are taken whole
 * @param lines whether it is noted which lines of Lua they reach
 * @param logs modules whose lines in the error log are compared; asked from any thread
 */
public record ShadowOptions(
    List<String> classKeys, WholeCalls wholeCalls, boolean lines, Predicate<String> logs) {
  /** Calls are told apart by no variable, none is taken whole, no line is noted or compared. */
  public static final ShadowOptions PLAIN =
      new ShadowOptions(List.of(), WholeCalls.NONE, false, _ -> false);

  /** Copies the keys. */
  public ShadowOptions {
    classKeys = List.copyOf(classKeys);
  }
}
