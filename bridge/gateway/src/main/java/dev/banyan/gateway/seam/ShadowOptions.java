package dev.banyan.gateway.seam;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Immutable: what is noted of shadowed calls.
 *
 * @param classKeys the variables that tell kinds of traffic apart, without {@code $}
 * @param wholeCalls which calls are taken whole
 * @param lines whether it is noted which lines of Lua they reach
 * @param logs for a module, who is asked at each of its calls, on any thread, whether its lines in
 *     the error log are compared
 * @param patience a request that waited longer than this for its worker is not shadowed, but for a
 *     few, so that those behind it don't wait for that, too; in nanoseconds, 0 for shadowing all
 */
public record ShadowOptions(
    List<String> classKeys,
    WholeCalls wholeCalls,
    boolean lines,
    Function<String, BooleanSupplier> logs,
    long patience) {
  /** Calls are told apart by no variable, none is taken whole, no line is noted or compared. */
  public static final ShadowOptions PLAIN =
      new ShadowOptions(List.of(), WholeCalls.NONE, false, _ -> () -> false, 0);

  /** Copies the keys. */
  public ShadowOptions {
    classKeys = List.copyOf(classKeys);
  }
}
