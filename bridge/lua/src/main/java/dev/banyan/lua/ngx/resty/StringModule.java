package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.text.Digests;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code resty.string}. */
final class StringModule {
  private StringModule() {}

  static Table table() {
    Table module = new Table();
    module.rawset("_VERSION", LuaText.of("0.15"));
    module.rawset("to_hex", NativeFunction.of("to_hex", StringModule::toHex));
    module.rawset("atoi", NativeFunction.of("atoi", StringModule::atoi));
    return module;
  }

  private static Varargs toHex(Varargs args) {
    return LuaString.valueUsing(Digests.hex(LuaArgs.checkBytes(args, 1)));
  }

  /** C's atoi: the number that the text begins with, zero for none. */
  private static LuaValue atoi(Varargs args) {
    String text = LuaArgs.checkText(args, 1).stripLeading();
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = Math.min(value * 10 + text.charAt(at) - '0', Integer.MAX_VALUE + 1L);
      at++;
    }
    return LuaNumbers.of((long) (int) (negative ? -value : Math.min(value, Integer.MAX_VALUE)));
  }
}
