package dev.banyan.lua.seam;

import dev.banyan.lua.LuaVm;
import dev.banyan.lua.SeamHook;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Puts the seam into modules as they are loaded: the functions that have a port are replaced in the
 * module's own table, which stays the same table for everyone who holds it.
 */
public final class SeamInstaller implements SeamHook {
  private final SeamSwitch seam;

  /** Installs for this switch. */
  public SeamInstaller(SeamSwitch seam) {
    this.seam = seam;
  }

  @Override
  public LuaValue onRequire(String name, LuaValue loaded) {
    if (!(loaded instanceof LuaTable table)) {
      seam.ported(name).forEach(function -> seam.missing(name, function));
      return loaded;
    }
    PortedModule module = new PortedModule(LuaVm.current(), name, seam);
    for (String function : seam.ported(name)) {
      if (table.rawget(function) instanceof LuaFunction original) {
        table.rawset(function, module.wrap(function, original));
      } else {
        seam.missing(name, function);
      }
    }
    return loaded;
  }
}
