package dev.banyan.gateway.path;

import java.util.List;

/**
 * For any thread: runs sampled requests of the old path through the new one after their end. Told
 * on the workers' threads: must not wait and must not throw.
 */
public interface PathShadow {
  /** Whether a request that begins now is to be followed. */
  boolean wants();

  /** Whether followed requests are to be handed over whole, too. */
  default boolean wantsWhole() {
    return false;
  }

  /** The variables that tell kinds of traffic apart. */
  List<String> classKeys();

  /** A followed request has ended, and can be run again. */
  void ended(PathSample sample);

  /** A followed request has ended, and no Lua served it. */
  default void withoutLua() {}

  /** A followed request has ended, and can't be run again. */
  void notMeasured(String reason);
}
