package dev.banyan.lua.lib;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.Locale;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** LuaJIT's {@code bit} library: operations on signed 32-bit integers, and on 64-bit data of C. */
final class BitLib implements LuaLibrary {
  /** What {@code tohex} answers at most. */
  private static final int MOST_DIGITS = 254;

  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("tobit", NativeFunction.one("tobit", v -> integer(bits(v, 1))));
    unary(t, "bnot", a -> ~a, a -> ~a);
    unary(t, "bswap", Integer::reverseBytes, Long::reverseBytes);
    fold(t, "band", (a, b) -> a & b, (a, b) -> a & b);
    fold(t, "bor", (a, b) -> a | b, (a, b) -> a | b);
    fold(t, "bxor", (a, b) -> a ^ b, (a, b) -> a ^ b);
    shift(t, "lshift", (a, n) -> a << n, (a, n) -> a << n);
    shift(t, "rshift", (a, n) -> a >>> n, (a, n) -> a >>> n);
    shift(t, "arshift", (a, n) -> a >> n, (a, n) -> a >> n);
    shift(t, "rol", Integer::rotateLeft, (a, n) -> Long.rotateLeft(a, (int) n));
    shift(t, "ror", Integer::rotateRight, (a, n) -> Long.rotateRight(a, (int) n));
    t.rawset("tohex", NativeFunction.of("tohex", BitLib::tohex));
    vm.modules().library("bit", t);
  }

  private static LuaValue integer(int value) {
    return LuaInteger.valueOf(value);
  }

  private static int bits(LuaValue value, int index) {
    if (value instanceof LuaInteger i) {
      return i.v;
    }
    if (value instanceof CData) {
      return (int) LongBits.bits(value, index);
    }
    double number = LuaArgs.checkNumber(value, index);
    return (int) Double.doubleToRawLongBits(number + 0x1.8p52);
  }

  private static void unary(
      Table t, String name, IntUnaryOperator body, LongUnaryOperator onLongs) {
    t.rawset(
        name,
        NativeFunction.one(
            name,
            v ->
                v instanceof CData
                    ? LongBits.apply(v, onLongs)
                    : integer(body.applyAsInt(bits(v, 1)))));
  }

  private static void fold(
      Table t, String name, IntBinaryOperator body, LongBinaryOperator onLongs) {
    t.rawset(
        name,
        NativeFunction.of(
            name,
            args -> {
              if (LongBits.any(args)) {
                return LongBits.fold(args, onLongs);
              }
              int result = bits(LuaArgs.arg(args, 1), 1);
              for (int i = 2; i <= args.narg(); i++) {
                result = body.applyAsInt(result, bits(args.arg(i), i));
              }
              return integer(result);
            }));
  }

  private static void shift(
      Table t, String name, IntBinaryOperator body, LongBinaryOperator onLongs) {
    t.rawset(
        name,
        NativeFunction.two(
            name,
            (a, n) ->
                a instanceof CData
                    ? LongBits.shift(a, n, onLongs)
                    : integer(body.applyAsInt(bits(a, 1), bits(n, 2) & 31))));
  }

  private static Varargs tohex(Varargs args) {
    LuaValue value = LuaArgs.arg(args, 1);
    String hex =
        value instanceof CData ? LongBits.hex(value) : String.format("%08x", bits(value, 1));
    int digits = args.narg() < 2 ? hex.length() : bits(args.arg(2), 2);
    if (digits < 0) {
      hex = hex.toUpperCase(Locale.ROOT);
      digits = digits == Integer.MIN_VALUE ? 8 : -digits;
    }
    return LuaText.of(
        digits > hex.length()
            ? "0".repeat(Math.min(digits, MOST_DIGITS) - hex.length()) + hex
            : hex.substring(hex.length() - digits));
  }
}
