package dev.banyan.lua;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Reads the arguments of natives, raising Lua's own "bad argument" errors for wrong ones.
 *
 * <p>Indexes count from one. Numbers are accepted where strings are expected and the other way
 * round, as Lua's C API does.
 */
public final class LuaArgs {
  private LuaArgs() {}

  /** The argument, or {@code LuaValue.NONE} when it was not passed. */
  public static LuaValue arg(Varargs args, int index) {
    return index <= args.narg() ? args.arg(index) : LuaValue.NONE;
  }

  /** Whether the argument is nil or was not passed. */
  public static boolean isNoneOrNil(Varargs args, int index) {
    return args.arg(index).isnil();
  }

  /** Any argument, which must have been passed. */
  public static LuaValue checkAny(Varargs args, int index) {
    if (index > args.narg()) {
      throw LuaErrors.argument(index, "value expected");
    }
    return args.arg(index);
  }

  /** A string, or a number made one. */
  public static LuaString checkString(Varargs args, int index) {
    return checkString(arg(args, index), index);
  }

  /** A string, or a number made one. */
  public static LuaString checkString(LuaValue value, int index) {
    if (value instanceof LuaString s) {
      return s;
    }
    if (value instanceof LuaNumber) {
      return LuaText.string(value);
    }
    throw LuaErrors.type(index, "string", value);
  }

  /** A string, or {@code otherwise} for nil and none. */
  public static LuaString optString(Varargs args, int index, LuaString otherwise) {
    return isNoneOrNil(args, index) ? otherwise : checkString(args, index);
  }

  /** A string as an octet string. */
  public static String checkText(Varargs args, int index) {
    return LuaText.latin1(checkString(args, index));
  }

  /** A string as an octet string, or {@code otherwise} for nil and none. */
  public static String optText(Varargs args, int index, String otherwise) {
    return isNoneOrNil(args, index) ? otherwise : checkText(args, index);
  }

  /** A copy of a string's bytes. */
  public static byte[] checkBytes(Varargs args, int index) {
    return LuaText.bytes(checkString(args, index));
  }

  /** A number, or a string that spells one. */
  public static double checkNumber(Varargs args, int index) {
    return checkNumber(arg(args, index), index);
  }

  /** A number, or a string that spells one. */
  public static double checkNumber(LuaValue value, int index) {
    LuaNumber number = LuaNumbers.parse(value);
    if (number == null) {
      throw LuaErrors.type(index, "number", value);
    }
    return number.todouble();
  }

  /** A number, or {@code otherwise} for nil and none. */
  public static double optNumber(Varargs args, int index, double otherwise) {
    return isNoneOrNil(args, index) ? otherwise : checkNumber(args, index);
  }

  /** A number cut to an integer; out of int's range it is the least int, as LuaJIT has it. */
  public static int checkInt(Varargs args, int index) {
    return toInt(checkNumber(args, index));
  }

  /** A number cut to an integer; out of int's range it is the least int, as LuaJIT has it. */
  public static int checkInt(LuaValue value, int index) {
    return value instanceof LuaInteger i ? i.v : toInt(checkNumber(value, index));
  }

  private static int toInt(double number) {
    int cut = (int) number;
    return (cut == Integer.MAX_VALUE && number >= 0x1p31) || Double.isNaN(number)
        ? Integer.MIN_VALUE
        : cut;
  }

  /** An integer, or {@code otherwise} for nil and none. */
  public static int optInt(Varargs args, int index, int otherwise) {
    return isNoneOrNil(args, index) ? otherwise : checkInt(args, index);
  }

  /** A number cut to a long integer. */
  public static long checkLong(Varargs args, int index) {
    return (long) checkNumber(args, index);
  }

  /** A long integer, or {@code otherwise} for nil and none. */
  public static long optLong(Varargs args, int index, long otherwise) {
    return isNoneOrNil(args, index) ? otherwise : checkLong(args, index);
  }

  /** A boolean, and nothing else. */
  public static boolean checkBoolean(Varargs args, int index) {
    LuaValue value = arg(args, index);
    if (!value.isboolean()) {
      throw LuaErrors.type(index, "boolean", value);
    }
    return value.toboolean();
  }

  /** A table. */
  public static LuaTable checkTable(Varargs args, int index) {
    return checkTable(arg(args, index), index);
  }

  /** A table. */
  public static LuaTable checkTable(LuaValue value, int index) {
    if (value instanceof LuaTable table) {
      return table;
    }
    throw LuaErrors.type(index, "table", value);
  }

  /** A function. */
  public static LuaFunction checkFunction(Varargs args, int index) {
    LuaValue value = arg(args, index);
    if (value instanceof LuaFunction function) {
      return function;
    }
    throw LuaErrors.type(index, "function", value);
  }

  /** A coroutine. */
  public static Coroutine checkCoroutine(Varargs args, int index) {
    LuaValue value = arg(args, index);
    if (value instanceof Coroutine coroutine) {
      return coroutine;
    }
    throw LuaErrors.argument(index, "coroutine expected");
  }
}
