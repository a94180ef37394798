package dev.banyan.lua;

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

  /** Creates the error. */
  public LuaRuntimeError(LuaValue value, String traceback) {
    super(describe(value), null, false, false);
    this.value = value;
    this.traceback = traceback;
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

  /** The stack at the moment of the error. */
  public String traceback() {
    return traceback;
  }
}
