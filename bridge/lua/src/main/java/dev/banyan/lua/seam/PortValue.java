package dev.banyan.lua.seam;

import dev.banyan.api.Legacy;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.ngx.Unseen;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Owned by its request's loop: what a port put into {@code ngx.ctx} of a request that Lua has not
 * been asked for.
 *
 * <p>Where it names an object of the legacy, Lua gets that object; when the legacy has it no more,
 * for it loaded its settings anew meanwhile, Lua gets what the port knows of it.
 */
final class PortValue implements Unseen {
  private final String module;
  private final @Nullable Object value;

  /** The value as ports see it, once one has looked. */
  private @Nullable Object view;

  /**
   * Made by the port of a module.
   *
   * @param module the module
   * @param value the value
   */
  PortValue(String module, @Nullable Object value) {
    this.module = module;
    this.value = value;
  }

  /** As the next port sees it. */
  @Nullable Object view() {
    if (view == null) {
      view = JavaView.of(value);
    }
    return view;
  }

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
