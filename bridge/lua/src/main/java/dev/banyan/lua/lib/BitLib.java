package dev.banyan.lua.lib;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.Locale;
import java.util.function.IntBinaryOperator;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** LuaJIT's {@code bit} library: operations on signed 32-bit integers. */
final class BitLib implements LuaLibrary {
  /** What {@code tohex} answers at most. */
  private static final int MOST_DIGITS = 254;

  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("tobit", NativeFunction.one("tobit", v -> integer(bits(v, 1))));
    t.rawset("bnot", NativeFunction.one("bnot", v -> integer(~bits(v, 1))));
    t.rawset("bswap", NativeFunction.one("bswap", v -> integer(Integer.reverseBytes(bits(v, 1)))));
    fold(t, "band", (a, b) -> a & b);
    fold(t, "bor", (a, b) -> a | b);
    fold(t, "bxor", (a, b) -> a ^ b);
    shift(t, "lshift", (a, n) -> a << n);
    shift(t, "rshift", (a, n) -> a >>> n);
    shift(t, "arshift", (a, n) -> a >> n);
    shift(t, "rol", Integer::rotateLeft);
    shift(t, "ror", Integer::rotateRight);
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
    double number = LuaArgs.checkNumber(value, index);
    return (int) Double.doubleToRawLongBits(number + 0x1.8p52);
  }

  private static void fold(Table t, String name, IntBinaryOperator body) {
    t.rawset(
        name,
        NativeFunction.of(
            name,
            args -> {
              int result = bits(LuaArgs.arg(args, 1), 1);
              for (int i = 2; i <= args.narg(); i++) {
                result = body.applyAsInt(result, bits(args.arg(i), i));
              }
              return integer(result);
            }));
  }

  private static void shift(Table t, String name, IntBinaryOperator body) {
    t.rawset(
        name,
        NativeFunction.two(name, (a, n) -> integer(body.applyAsInt(bits(a, 1), bits(n, 2) & 31))));
  }

  private static Varargs tohex(Varargs args) {
    int value = bits(LuaArgs.arg(args, 1), 1);
    int digits = args.narg() < 2 ? 8 : bits(args.arg(2), 2);
    String hex = String.format("%08x", value);
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
