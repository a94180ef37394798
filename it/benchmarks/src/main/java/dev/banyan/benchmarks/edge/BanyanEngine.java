package dev.banyan.benchmarks.edge;

import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Table;
import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one thread: Banyan's interpreter with its libraries. */
final class BanyanEngine implements Engine {
  private final LuaVm vm = LuaVm.create(StandardLibraries.options());

  @Override
  public LuaTable globals() {
    return vm.globals();
  }

  @Override
  public LuaTable newTable() {
    return new Table();
  }

  @Override
  public LuaFunction load(String source, String name) {
    return vm.load(source.getBytes(StandardCharsets.ISO_8859_1), name, vm.globals());
  }

  @Override
  public Varargs call(LuaValue function, Varargs args) {
    return vm.call(function, args);
  }
}
