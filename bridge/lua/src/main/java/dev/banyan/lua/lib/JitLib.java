package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;

/** {@code jit.*} as data: what code asks to find out where it runs, and switches without effect. */
final class JitLib implements LuaLibrary {
  @Override
  public void open(LuaVm vm) {
    Table t = new Table();
    t.rawset("version", LuaText.of("LuaJIT 2.1.0-beta3"));
    t.rawset("version_num", LuaInteger.valueOf(20100));
    t.rawset("os", LuaText.of("Linux"));
    t.rawset("arch", LuaText.of("x64"));
    for (String name : new String[] {"on", "off", "flush", "attach"}) {
      t.rawset(name, NativeFunction.of(name, args -> NONE));
    }
    t.rawset(
        "status",
        NativeFunction.of(
            "status", args -> varargsOf(TRUE, LuaText.of("SSE3"), LuaText.of("SSE4.1"))));
    Table opt = new Table();
    opt.rawset("start", NativeFunction.of("start", args -> NONE));
    t.rawset("opt", opt);
    vm.modules().library("jit", t);
    LuaValue options = opt;
    vm.modules().loaded().rawset("jit.opt", options);
  }
}
