package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Table;
import dev.banyan.lua.VirtualTable;
import org.luaj.vm2.LuaValue;

/** {@code ndk}: the directives of other modules that Lua may call, of which there are none. */
final class NdkModule {
  private NdkModule() {}

  static void open(LuaVm vm) {
    Table ndk = new Table(0, 1);
    ndk.rawset("set_var", new SetVar());
    vm.modules().library("ndk", ndk);
  }

  /** Answers as an nginx whose modules offer nothing. */
  private static final class SetVar extends VirtualTable {
    @Override
    protected LuaValue read(LuaValue key) {
      throw LuaErrors.raise(
          "ndk.set_var: directive \""
              + LuaText.display(key)
              + "\" not found or does not use ndk_set_var_value");
    }

    @Override
    protected void write(LuaValue key, LuaValue value) {
      throw LuaErrors.raise("not allowed");
    }
  }
}
