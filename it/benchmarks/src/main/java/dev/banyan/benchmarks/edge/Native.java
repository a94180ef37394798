package dev.banyan.benchmarks.edge;

import java.util.function.UnaryOperator;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** A function of the stub {@code ngx}, callable by either engine. */
final class Native extends VarArgFunction {
  private final UnaryOperator<Varargs> body;

  Native(UnaryOperator<Varargs> body) {
    this.body = body;
  }

  @Override
  public Varargs invoke(Varargs args) {
    return body.apply(args);
  }

  /** The argument as an octet string, numbers as Lua prints them. */
  static String text(Varargs args, int index) {
    return dev.banyan.lua.LuaText.latin1(args.arg(index));
  }

  static LuaValue string(String octets) {
    return dev.banyan.lua.LuaText.of(octets);
  }
}
