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
    module.rawset("_VERSION", LuaText.of("0.16"));
    module.rawset("to_hex", NativeFunction.of("to_hex", StringModule::toHex));
    module.rawset("atoi", NativeFunction.of("atoi", StringModule::atoi));
    return module;
  }

  private static Varargs toHex(Varargs args) {
    return LuaString.valueUsing(Digests.hex(LuaArgs.checkBytes(args, 1)));
  }

  private static LuaValue atoi(Varargs args) {
    return LuaNumbers.of(LuaNumbers.ofDigits(LuaArgs.checkBytes(args, 1)));
  }
}
