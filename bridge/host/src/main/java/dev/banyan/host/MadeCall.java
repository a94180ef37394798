package dev.banyan.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: one method of a port with its input, in a class that {@link CallMaker}
 * has made for it. What the methods throw, checked exceptions too, is what the port throws.
 */
abstract class MadeCall {
  /** Reads the input's sources, the late ones last, and makes the record. */
  abstract Object input(CallView view);

  /** Notes the sources of the input's components, but for the late ones. */
  abstract void early(@Nullable Object[] noted, CallView view);

  /** Notes the late ones. */
  abstract void late(@Nullable Object[] noted, CallView view);

  /** Makes the input record of what was noted of its components. */
  abstract Object input(@Nullable Object[] noted);

  /**
   * Calls the method.
   *
   * @param input the record, not looked at when the method takes none
   * @param capabilities null when there are none to be had, and none are asked for
   * @return what the method returns, or {@link BoundCall.Misfit} when an argument of Lua's doesn't
   *     fit its parameter; nothing was called then
   */
  abstract @Nullable Object call(
      Object input, List<@Nullable Object> lua, @Nullable Capabilities capabilities);

  /** Reads the input and calls the method, so that no record need be made. */
  abstract @Nullable Object answer(
      CallView view, List<@Nullable Object> lua, @Nullable Capabilities capabilities);
}
