package dev.banyan.lua.seam;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal;
import dev.banyan.api.Randomness;
import dev.banyan.lua.ngx.RequestHost;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: one call to a function that has a port. */
public interface SeamCall {
  /** What is called. */
  CallSite site();

  /** The module that is called. */
  default String module() {
    return site().module();
  }

  /** Its function. */
  default String function() {
    return site().function();
  }

  /** The request that calls. */
  RequestHost request();

  /** The arguments as Java sees them; tables are lazy views. */
  List<@Nullable Object> arguments();

  /** The arguments in a form that outlives the call. */
  KeptValues keptArguments();

  /** The value at a key of {@code ngx.ctx}. */
  @Nullable Object ctx(String key);

  /** A field of the module: string, double, boolean, view or null. */
  @Nullable Object field(String name);

  /** The worker's cached time. */
  Clock clock();

  /** Draws from {@code math.random}. */
  Randomness randomness();

  /**
   * A shared dict.
   *
   * @param written told after each change, from which there is no way back to Lua
   * @throws IllegalStateException when the configuration has none of that name
   */
  Dict dict(String name, Runnable written);

  /** Notes something in the journals under way, where it weighs about so many octets. */
  void note(Journal.Entry entry, int weight);

  /** A number that tells a socket from others in the journals. */
  long nextSocket();
}
