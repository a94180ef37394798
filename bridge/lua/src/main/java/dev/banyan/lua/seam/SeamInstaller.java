package dev.banyan.lua.seam;

import dev.banyan.lua.LuaVm;
import dev.banyan.lua.SeamHook;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    PortedModule module = new PortedModule(LuaVm.current(), name, table, seam);
    Set<String> mirrored = seam.mirrored(name);
    for (String function : seam.ported(name)) {
      if (table.rawget(function) instanceof LuaFunction original) {
        table.rawset(
            function,
            mirrored.contains(function)
                ? module.mirror(function, original)
                : module.wrap(function, original));
      } else {
        seam.missing(name, function);
      }
    }
    ObjectMethods methods = new ObjectMethods(module);
    seam.methods(name)
        .forEach((method, makers) -> installMethod(table, name, methods, method, makers));
    seam.constants(name).forEach((field, value) -> installConstant(table, name, field, value));
    return loaded;
  }

  private void installMethod(
      LuaTable table, String module, ObjectMethods methods, String method, List<String> makers) {
    for (String maker : makers) {
      if (table.rawget(maker) instanceof LuaFunction original) {
        table.rawset(maker, methods.watch(maker, original, method));
      } else {
        seam.missing(module, maker);
      }
    }
  }

  private void installConstant(LuaTable table, String module, String field, Object value) {
    LuaValue present = table.rawget(field);
    LuaValue declared =
        JavaValues.toLua(
            value,
            legacy -> {
              throw new IllegalArgumentException("a constant is a plain value");
            });
    if (present.isnil()) {
      table.rawset(field, declared);
    } else if (!Objects.equals(plain(present), plain(declared))) {
      seam.differs(module, field);
    }
  }

  private static @Nullable Object plain(LuaValue value) {
    return JavaValues.lasting(JavaValues.toJava(value));
  }
}
