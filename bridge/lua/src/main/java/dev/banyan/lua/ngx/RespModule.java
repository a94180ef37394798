package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;

/** {@code require "ngx.resp"}. */
final class RespModule {
  private RespModule() {}

  static void open(Bindings bindings, HeaderTable header) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    module.rawset(
        "add_header",
        bindings.method(
            "ngx.resp:add_header",
            (x, args) -> {
              String name = LuaText.latin1(Semantics.tostring(bindings.vm(), args.arg1()));
              header.set(x.request(), name, args.arg(2), false);
              return NONE;
            }));
    bindings.vm().preload("ngx.resp", () -> module);
  }
}
