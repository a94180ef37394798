package dev.banyan.lua.seam;

import dev.banyan.api.Legacy;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.ngx.Unseen;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Immutable: what a port put into {@code ngx.ctx} of a request that Lua has not been asked for.
 *
 * <p>Where it names an object of the legacy, Lua gets that object; when the legacy has it no more,
 * for it loaded its settings anew meanwhile, Lua gets what the port knows of it.
 *
 * @param module the module whose port it was
 * @param value the value
 */
record PortValue(String module, @Nullable Object value) implements Unseen {
  @Override
  public LuaValue toLua(LuaVm vm) {
    return JavaValues.toLua(value, legacy -> find(vm, legacy));
  }

  private LuaValue find(LuaVm vm, Legacy legacy) {
    LuaValue found = LuaValue.NIL;
    try {
      if (vm.modules().require(module) instanceof LuaTable table) {
        found = new LegacyObjects(module, table, false).find(legacy);
      }
    } catch (LuaError | IllegalStateException e) {
      found = LuaValue.NIL; // the stand-in is what there is
    }
    return found.isnil() ? JavaValues.toLua(legacy.standIn(), inner -> find(vm, inner)) : found;
  }
}
