package dev.banyan.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** A Lua error on its way to the pcall that catches it, without the cost of a Java stack trace. */
class LuaFault extends LuaError {
  private static final long serialVersionUID = 1L;

  LuaFault(LuaValue value) {
    super(value);
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public Throwable fillInStackTrace() {
    return this;
  }
}
