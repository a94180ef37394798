package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code math} library. */
final class MathLib implements LuaLibrary {
  /** More than from the least number to the greatest. */
  private static final double EXPONENTS = 2200;

  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("pi", LuaNumbers.of(Math.PI));
    t.rawset("huge", LuaNumbers.of(Double.POSITIVE_INFINITY));
    unary(t, "abs", Math::abs);
    t.rawset("ceil", NativeFunction.one("ceil", v -> ceil(v)));
    t.rawset("floor", NativeFunction.one("floor", v -> floor(v)));
    unary(t, "sqrt", Math::sqrt);
    unary(t, "sin", Math::sin);
    unary(t, "cos", Math::cos);
    unary(t, "tan", Math::tan);
    unary(t, "asin", x -> inDomain(x, Math.asin(x)));
    unary(t, "acos", x -> inDomain(x, Math.acos(x)));
    unary(t, "atan", Math::atan);
    unary(t, "sinh", Math::sinh);
    unary(t, "cosh", Math::cosh);
    unary(t, "tanh", Math::tanh);
    unary(t, "exp", Math::exp);
    unary(t, "log10", x -> inDomain(x, Math.log10(x)));
    scaled(t, "deg", 180.0 / Math.PI);
    scaled(t, "rad", Math.PI / 180.0);
    binary(t, "atan2", Math::atan2);
    binary(t, "pow", Semantics::power);
    binary(t, "fmod", (x, y) -> x % y);
    t.rawset("log", NativeFunction.of("log", MathLib::log));
    t.rawset("modf", NativeFunction.of("modf", MathLib::modf));
    t.rawset("frexp", NativeFunction.of("frexp", MathLib::frexp));
    t.rawset("ldexp", NativeFunction.of("ldexp", MathLib::ldexp));
    t.rawset("max", NativeFunction.of("max", args -> fold(args, (a, b) -> a > b ? a : b)));
    t.rawset("min", NativeFunction.of("min", args -> fold(args, (a, b) -> a < b ? a : b)));
    RandomGenerator generator = new RandomGenerator();
    vm.chance(generator::next);
    t.rawset("random", NativeFunction.of("random", args -> random(generator, args)));
    t.rawset("randomseed", NativeFunction.of("randomseed", args -> seed(generator, args)));
    vm.modules().library("math", t);
  }

  private static void unary(Table t, String name, DoubleUnaryOperator body) {
    t.rawset(
        name,
        NativeFunction.one(
            name, v -> LuaNumbers.of(body.applyAsDouble(LuaArgs.checkNumber(v, 1)))));
  }

  /** Functions that are Lua in LuaJIT, which multiply whatever they get. */
  private static void scaled(Table t, String name, double factor) {
    t.rawset(
        name,
        NativeFunction.one(
            name,
            v -> {
              LuaNumber number = LuaNumbers.parse(v);
              if (number == null) {
                throw LuaErrors.bare(
                    "[builtin:%s]:0: attempt to perform arithmetic on a %s value"
                        .formatted(name, v.typename()));
              }
              return LuaNumbers.of(number.todouble() * factor);
            }));
  }

  private static void binary(Table t, String name, DoubleBinaryOperator body) {
    t.rawset(
        name,
        NativeFunction.two(
            name,
            (a, b) ->
                LuaNumbers.of(
                    body.applyAsDouble(LuaArgs.checkNumber(a, 1), LuaArgs.checkNumber(b, 2)))));
  }

  /** Outside a function's domain C answers the positive NaN, where the JVM's sign is either. */
  private static double inDomain(double x, double result) {
    return Double.isNaN(result) && !Double.isNaN(x) ? Double.NaN : result;
  }

  private static LuaValue floor(LuaValue v) {
    return v instanceof LuaInteger ? v : LuaNumbers.of(Math.floor(LuaArgs.checkNumber(v, 1)));
  }

  private static LuaValue ceil(LuaValue v) {
    return v instanceof LuaInteger ? v : LuaNumbers.of(Math.ceil(LuaArgs.checkNumber(v, 1)));
  }

  private static Varargs log(Varargs args) {
    double x = LuaArgs.checkNumber(args, 1);
    if (args.narg() < 2) {
      return LuaNumbers.of(Math.log(x));
    }
    double base = LuaArgs.checkNumber(args, 2);
    if (base == 10) {
      return LuaNumbers.of(Math.log10(x));
    }
    return LuaNumbers.of(log2(x) * (1.0 / log2(base)));
  }

  private static double log2(double x) {
    int exponent = Math.getExponent(x);
    if (x > 0 && !Double.isInfinite(x) && x == Math.scalb(1.0, exponent)) {
      return exponent;
    }
    return Math.log(x) / Math.log(2);
  }

  private static Varargs modf(Varargs args) {
    double x = LuaArgs.checkNumber(args, 1);
    if (Double.isInfinite(x)) {
      return varargsOf(LuaNumbers.of(x), LuaNumbers.of(Math.copySign(0.0, x)));
    }
    double whole = x >= 0 ? Math.floor(x) : Math.ceil(x);
    return varargsOf(LuaNumbers.of(whole), LuaNumbers.of(Math.copySign(x - whole, x)));
  }

  private static Varargs frexp(Varargs args) {
    double x = LuaArgs.checkNumber(args, 1);
    if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
      return varargsOf(LuaNumbers.of(x), LuaValue.ZERO);
    }
    int exponent = Math.getExponent(x) + 1;
    double scaled = x;
    if (Math.getExponent(x) < Double.MIN_EXPONENT) {
      scaled = x * 0x1p54;
      exponent = Math.getExponent(scaled) + 1 - 54;
    }
    double mantissa = scaled / Math.scalb(1.0, Math.getExponent(scaled) + 1);
    return varargsOf(LuaNumbers.of(mantissa), LuaInteger.valueOf(exponent));
  }

  private static Varargs ldexp(Varargs args) {
    double x = LuaArgs.checkNumber(args, 1);
    double exponent = LuaArgs.checkNumber(args, 2);
    boolean finite = Math.abs(exponent) <= Double.MAX_VALUE;
    int bounded = (int) Math.clamp(exponent, -EXPONENTS, EXPONENTS);
    return LuaNumbers.of(finite ? Math.scalb(x, bounded) : x * Math.pow(2, exponent));
  }

  private static Varargs fold(Varargs args, DoubleBinaryOperator choose) {
    double best = LuaArgs.checkNumber(args, 1);
    for (int i = 2; i <= args.narg(); i++) {
      best = choose.applyAsDouble(best, LuaArgs.checkNumber(args, i));
    }
    return LuaNumbers.of(best);
  }

  private static Varargs random(RandomGenerator generator, Varargs args) {
    double r = generator.next();
    if (args.narg() == 0) {
      return LuaNumbers.of(r);
    }
    double low = LuaArgs.checkNumber(args, 1);
    if (args.narg() == 1) {
      return LuaNumbers.of(Math.floor(r * low) + 1);
    }
    double high = LuaArgs.checkNumber(args, 2);
    return LuaNumbers.of(Math.floor(r * (high - low + 1)) + low);
  }

  private static Varargs seed(RandomGenerator generator, Varargs args) {
    generator.seed(LuaArgs.checkNumber(args, 1));
    return LuaValue.NONE;
  }
}
