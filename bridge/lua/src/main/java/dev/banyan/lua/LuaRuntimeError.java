package dev.banyan.lua;

import java.util.List;
import org.luaj.vm2.LuaValue;

/**
 * A Lua error that no pcall caught: the error value and the stack where it was raised.
 *
 * <p>The traceback is {@code debug.traceback}'s text from its "stack traceback:" line on.
 */
public final class LuaRuntimeError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient LuaValue value;
  private final String traceback;
  private final List<String> threads;

  /**
   * Creates the error.
   *
   * @param threads the stack that is left, as lua-nginx-module prints it, and those of the threads
   *     that resumed it
   */
  public LuaRuntimeError(LuaValue value, String traceback, List<String> threads) {
    super(describe(value), null, false, false);
    this.value = value;
    this.traceback = traceback;
    this.threads = List.copyOf(threads);
  }

  private static String describe(LuaValue value) {
    return value.isstring()
        ? LuaText.latin1(value)
        : "(error object is a " + value.typename() + " value)";
  }

  /** The error value, as {@code pcall} would have given it. */
  public LuaValue value() {
    return value;
  }

  /** What is left of the stacks, as {@link Tracebacks#ofThread} prints each. */
  public List<String> threads() {
    return threads;
  }

  /** The stack at the moment of the error. */
  public String traceback() {
    return traceback;
  }
}
