package dev.banyan.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Makes the Lua errors that natives throw: {@code throw LuaErrors.raise("no such zone")}. */
@SuppressWarnings("ReferenceEquality")
public final class LuaErrors {
  private LuaErrors() {}

  /** An error whose message starts with the position of the Lua code that runs now. */
  public static LuaError raise(String message) {
    return raise(LuaVm.current(), message);
  }

  static LuaError raise(LuaVm vm, String message) {
    return new LuaFault(LuaText.of(vm.running().where(1) + message));
  }

  /** An error whose message carries no position, as errors of C code without luaL_error. */
  public static LuaError bare(String message) {
    return new LuaFault(LuaText.of(message));
  }

  /** An error with any value, from a native that leaves values on the stack of its thread. */
  public static LuaError leaving(LuaValue value, Varargs left) {
    return new LuaFault(value, left);
  }

  /** An error with any value. */
  public static LuaError value(LuaValue value) {
    return new LuaFault(value);
  }

  /**
   * {@code bad argument #index to 'name' (message)}, the name taken from the calling code; a method
   * call's self is not counted, a bad self is told as such.
   */
  public static LuaError argument(int index, String message) {
    Coroutine running = LuaVm.current().running();
    CallSite site = CallSite.of(running);
    int counted = site.method() ? index - 1 : index;
    if (counted == 0) {
      return raise("calling '" + site.name() + "' on bad self (" + message + ")");
    }
    return raise("bad argument #" + counted + " to '" + site.name() + "' (" + message + ")");
  }

  /** {@code bad argument #index to 'name' (expected expected, got type)}. */
  public static LuaError type(int index, String expected, LuaValue got) {
    String actual = got == LuaValue.NONE ? "no value" : got.typename();
    return argument(index, expected + " expected, got " + actual);
  }
}
