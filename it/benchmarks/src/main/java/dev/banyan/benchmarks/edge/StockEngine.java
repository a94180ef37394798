package dev.banyan.benchmarks.edge;

import java.util.function.IntBinaryOperator;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.TwoArgFunction;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JsePlatform;

/**
 * Owned by one thread: stock LuaJ's interpreter and libraries, with what LuaJIT has and LuaJ lacks
 * added as far as the sample legacy and the micro programs use it.
 */
final class StockEngine implements Engine {
  private final Globals globals = JsePlatform.standardGlobals();

  StockEngine() {
    LuaTable bit = new LuaTable();
    bit.set("band", fold((a, b) -> a & b));
    bit.set("bor", fold((a, b) -> a | b));
    bit.set("bxor", fold((a, b) -> a ^ b));
    bit.set("lshift", two((a, b) -> a << b));
    bit.set("rshift", two((a, b) -> a >>> b));
    globals.set("bit", bit);
    globals.get("package").get("loaded").set("bit", bit);
    globals.set("unpack", globals.get("table").get("unpack"));
  }

  private static LuaFunction two(IntBinaryOperator operator) {
    return new TwoArgFunction() {
      @Override
      public LuaValue call(LuaValue a, LuaValue b) {
        return LuaValue.valueOf(operator.applyAsInt(bits(a), bits(b)));
      }
    };
  }

  private static LuaFunction fold(IntBinaryOperator operator) {
    return new VarArgFunction() {
      @Override
      public Varargs invoke(Varargs args) {
        int result = bits(args.arg1());
        for (int i = 2; i <= args.narg(); i++) {
          result = operator.applyAsInt(result, bits(args.arg(i)));
        }
        return LuaValue.valueOf(result);
      }
    };
  }

  private static int bits(LuaValue value) {
    return (int) value.checklong();
  }

  @Override
  public LuaTable globals() {
    return globals;
  }

  @Override
  public LuaTable newTable() {
    return new LuaTable();
  }

  @Override
  public LuaFunction load(String source, String name) {
    return globals.load(source, name).checkfunction();
  }

  @Override
  public Varargs call(LuaValue function, Varargs args) {
    return function.invoke(args);
  }
}
