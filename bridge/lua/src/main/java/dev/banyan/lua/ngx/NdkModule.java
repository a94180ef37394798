package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.VirtualTable;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: {@code ndk}, the directives of other modules that Lua may call. */
final class NdkModule {
  private NdkModule() {}

  static void open(LuaVm vm) {
    Table ndk = new Table(0, 1);
    ndk.rawset("set_var", new SetVar(vm));
    vm.modules().library("ndk", ndk);
  }

  /** The directives by their names. */
  private static final class SetVar extends VirtualTable {
    private final LuaVm vm;

    SetVar(LuaVm vm) {
      this.vm = vm;
    }

    @Override
    protected LuaValue read(LuaValue key) {
      String directive = text(key);
      if (conversion(directive) == null) {
        throw LuaErrors.raise(
            "ndk.set_var: directive \""
                + directive
                + "\" not found or does not use ndk_set_var_value");
      }
      return NativeFunction.one(directive, argument -> call(directive, argument));
    }

    private LuaValue call(String directive, LuaValue argument) {
      RequestHost.Conversion conversion = conversion(directive);
      if (conversion == null) {
        throw LuaErrors.raise("no request found");
      }
      String value = conversion.of(text(argument));
      if (value == null) {
        throw LuaErrors.raise("calling directive " + directive + " failed with code -1");
      }
      return vm.text(value);
    }

    private RequestHost.@Nullable Conversion conversion(String directive) {
      Execution execution = Execution.of(vm);
      return execution == null ? null : execution.request().conversion(directive);
    }

    private String text(LuaValue value) {
      return LuaText.latin1(value instanceof LuaString ? value : Semantics.tostring(vm, value));
    }

    @Override
    protected void write(LuaValue key, LuaValue value) {
      throw LuaErrors.raise("not allowed");
    }
  }
}
