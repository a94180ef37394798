package dev.banyan.lua.lib;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code bit} library's operations as soon as one operand is data of C: on 64 bits. */
final class LongBits {
  private LongBits() {}

  /** Whether one of the arguments is data of C. */
  static boolean any(Varargs args) {
    for (int i = 1; i <= args.narg(); i++) {
      if (args.arg(i) instanceof CData) {
        return true;
      }
    }
    return false;
  }

  private static Int64 operand(LuaValue value, int index) {
    return operand(value, index, false);
  }

  private static Int64 operand(LuaValue value, int index, boolean unsigned) {
    if (!(value instanceof CData data)) {
      return Int64.signed(Int64.toLong(LuaArgs.checkNumber(value, index)));
    }
    Int64 integer = data.int64();
    if (integer == null) {
      throw LuaErrors.argument(
          index,
          "cannot convert '" + data.cTypeName() + "' to '" + (unsigned ? "u" : "") + "int64_t'");
    }
    return integer;
  }

  /** The bits of an operand. */
  static long bits(LuaValue value, int index) {
    return operand(value, index).bits();
  }

  private static long bits(LuaValue value, int index, boolean unsigned) {
    if (!unsigned) {
      return bits(value, index);
    }
    return value instanceof CData data
        ? data.unsignedBits()
        : Int64.toUnsignedLong(LuaArgs.checkNumber(value, index));
  }

  /** How far to shift: of a number the low bits, as of one without data beside it. */
  private static long distance(LuaValue count) {
    return count instanceof CData
        ? bits(count, 2)
        : Double.doubleToRawLongBits(LuaArgs.checkNumber(count, 2) + 0x1.8p52);
  }

  static LuaValue apply(LuaValue value, LongUnaryOperator body) {
    Int64 operand = operand(value, 1);
    return Int64.of(body.applyAsLong(operand.bits()), operand.isUnsigned());
  }

  static LuaValue fold(Varargs args, LongBinaryOperator body) {
    boolean unsigned = false;
    for (int i = 1; i <= args.narg(); i++) {
      if (args.arg(i) instanceof CData) {
        unsigned |= operand(args.arg(i), i, unsigned).isUnsigned();
      }
    }
    long result = bits(args.arg1(), 1, unsigned);
    for (int i = 2; i <= args.narg(); i++) {
      result = body.applyAsLong(result, bits(args.arg(i), i, unsigned));
    }
    return Int64.of(result, unsigned);
  }

  static LuaValue shift(LuaValue value, LuaValue count, LongBinaryOperator body) {
    Int64 operand = operand(value, 1);
    long shifted = body.applyAsLong(operand.bits(), distance(count) & 63);
    return Int64.of(shifted, operand.isUnsigned());
  }

  static String hex(LuaValue value) {
    return String.format("%016x", bits(value, 1));
  }
}
