package dev.banyan.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A Lua error on its way to the pcall that catches it, without the cost of a Java stack trace. */
class LuaFault extends LuaError {
  private static final long serialVersionUID = 1L;
  private final transient Varargs left;

  LuaFault(LuaValue value) {
    this(value, LuaValue.NONE);
  }

  /** With what the native that raised it left on its stack. */
  LuaFault(LuaValue value, Varargs left) {
    super(value);
    this.left = left;
  }

  /** What stays below the error on the stack of a thread that it ends. */
  Varargs left() {
    return left;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public Throwable fillInStackTrace() {
    return this;
  }
}
