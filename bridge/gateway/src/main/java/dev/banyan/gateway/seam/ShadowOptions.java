package dev.banyan.gateway.seam;

import java.util.List;

/**
 * Immutable: what is noted of shadowed calls.
 *
 * @param classKeys the variables that tell kinds of traffic apart, without {@code $}
 * @param wholeCalls which calls are taken whole
 * @param lines whether it is noted which lines of Lua they reach
 */
public record ShadowOptions(List<String> classKeys, WholeCalls wholeCalls, boolean lines) {
  /** Calls are told apart by no variable, none is taken whole, no line is noted. */
  public static final ShadowOptions PLAIN = new ShadowOptions(List.of(), WholeCalls.NONE, false);

  /** Copies the keys. */
  public ShadowOptions {
    classKeys = List.copyOf(classKeys);
  }
}
