package dev.banyan.lua;

import java.util.Arrays;
import java.util.List;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A Lua error that no pcall caught: the error value and the stack where it was raised.
 *
 * <p>The traceback is {@code debug.traceback}'s text from its "stack traceback:" line on.
 */
public final class LuaRuntimeError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient LuaValue value;
  private final transient Varargs left;
  private final String traceback;
  private final List<String> threads;

  /**
   * Creates the error.
   *
   * @param left what stays below the error on the stack of its thread
   * @param threads the stack that is left, as lua-nginx-module prints it, and those of the threads
   *     that resumed it
   */
  public LuaRuntimeError(LuaValue value, Varargs left, String traceback, List<String> threads) {
    super(describe(value), null, false, false);
    this.value = value;
    this.left = left;
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

  /** All that stays on the stack of its thread: the error's text or value is the last of it. */
  public Varargs left() {
    LuaValue last = value.isnumber() ? LuaText.string(value) : value;
    return left.narg() == 0 ? last : LuaValue.varargsOf(values(left), last);
  }

  private static LuaValue[] values(Varargs varargs) {
    LuaValue[] values = new LuaValue[varargs.narg()];
    Arrays.setAll(values, i -> varargs.arg(i + 1));
    return values;
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
