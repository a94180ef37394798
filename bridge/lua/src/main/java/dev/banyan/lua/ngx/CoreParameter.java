package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NullPointer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * A parameter of what lua-resty-core writes in Lua above a function of C: those lines, and LuaJIT's
 * conversions to C, refuse a wrong argument in their own words.
 *
 * @param variable what the Lua function calls it
 * @param function what the message calls the function of C
 * @param position where the function of C has it
 * @param type the parameter's type in C
 */
public record CoreParameter(String variable, String function, int position, String type) {
  private static final String SIGNED = "const char *";
  private static final String UNSIGNED = "const unsigned char *";

  /** One that is passed with its length, as {@code const char *}. */
  public static CoreParameter text(String variable, String function, int position) {
    return new CoreParameter(variable, function, position, SIGNED);
  }

  /** One that is passed with its length, as {@code const unsigned char *}. */
  public static CoreParameter octets(String variable, String function, int position) {
    return new CoreParameter(variable, function, position, UNSIGNED);
  }

  /** One that is passed as {@code int}. */
  public static CoreParameter integer(String variable, String function, int position) {
    return new CoreParameter(variable, function, position, "int");
  }

  /** One that is passed as {@code unsigned int}. */
  static CoreParameter unsigned(String variable, String function, int position) {
    return new CoreParameter(variable, function, position, "unsigned int");
  }

  /** One that is passed as {@code void *}. */
  public static CoreParameter pointer(String variable, String function, int position) {
    return new CoreParameter(variable, function, position, "void *");
  }

  /** A string; a number is none here, for it has no length. */
  public LuaString string(LuaValue value) {
    if (value instanceof LuaString string) {
      return string;
    }
    measure(value);
    throw inconvertible(value);
  }

  /** Raises an error for what has no length; a call takes the lengths of all before the first. */
  void measure(LuaValue value) {
    if (!(value instanceof LuaString || value instanceof LuaTable)) {
      throw LuaErrors.raise(
          "attempt to get length of local '" + variable + "' (a " + value.typename() + " value)");
    }
  }

  /** A copy of a string's bytes. */
  public byte[] bytes(LuaValue value) {
    return LuaText.bytes(string(value));
  }

  /** A string; null for nil and for a null pointer. */
  @Nullable LuaString optional(LuaValue value) {
    if (value instanceof LuaString string) {
      return string;
    }
    if (value.isnil() || value instanceof NullPointer) {
      return null;
    }
    throw inconvertible(value);
  }

  /** A number cut to an int, or a boolean as C has it. */
  int number(LuaValue value) {
    return Coerce.toInt(value, position, function, type);
  }

  /** What {@code ngx.ssl} made; null for nil and for a null pointer. */
  @Nullable CData data(LuaValue value) {
    if (value instanceof CData data) {
      return data;
    }
    if (value.isnil() || value instanceof NullPointer) {
      return null;
    }
    throw inconvertible(value);
  }

  private LuaError inconvertible(LuaValue value) {
    return LuaErrors.raise(
        "bad argument #%d to '%s' (cannot convert '%s' to '%s')"
            .formatted(
                position, function, value.isboolean() ? "bool" : Coerce.typeInC(value), type));
  }
}
