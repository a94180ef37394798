package dev.banyan.lua.seam;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.SeamHook;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.NativeCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one machine: puts the seam into modules as they are loaded: the functions that have a
 * port are replaced in the module's own table, which stays the same table for everyone who holds
 * it.
 */
public final class SeamInstaller implements SeamHook {
  private final SeamSwitch seam;
  private final Map<String, PortedModule> modules = new HashMap<>();
  private @Nullable LuaVm vm;

  /** Installs for this switch. */
  public SeamInstaller(SeamSwitch seam) {
    this.seam = seam;
  }

  /**
   * The Lua that these calls stand for, the first of them past the seam if its port was asked
   * already.
   */
  NativeCode calls(List<ModuleCall> calls, First first) {
    return vm -> {
      Varargs results = LuaValue.NONE;
      for (int i = 0; i < calls.size(); i++) {
        ModuleCall call = calls.get(i);
        LuaValue table = vm.modules().require(call.module());
        PortedModule module = modules.get(call.module());
        results =
            i == 0 && first == First.PAST_THE_SEAM && module != null
                ? module.pastSeam(call.function())
                : Semantics.call(
                    vm, Semantics.index(vm, table, LuaText.of(call.function())), LuaValue.NONE);
      }
      return results;
    };
  }

  /** Lua's own functions, behind the seam, of all loaded modules. */
  public List<LuaFunction> originals() {
    return modules.values().stream().flatMap(module -> module.originals().stream()).toList();
  }

  /** Which lines of a loaded module shadowed calls have reached; null when it has no port. */
  public ShadowedLines.@Nullable Lines shadowedLines(String name) {
    PortedModule module = modules.get(name);
    return module == null ? null : module.lines().lines();
  }

  /**
   * Begins to record the calls of a loaded module; on the machine's thread, as the end.
   *
   * @throws CannotRecord with the reason
   */
  public RecordingModule record(String name, CallRecorder recorder) throws CannotRecord {
    LuaVm machine = vm;
    if (machine == null) {
      throw CannotRecord.notLoaded();
    }
    PortedModule ported = seam.ported(name).isEmpty() ? null : modules.get(name);
    return RecordingModule.begin(machine, name, ported == null ? null : seam, ported, recorder);
  }

  /** How the first of several calls is made. */
  enum First {
    /** As Lua would. */
    THROUGH_THE_SEAM,
    /** Without asking the port. */
    PAST_THE_SEAM
  }

  /**
   * The table of a module that is its port's alone. What its functions do where the seam doesn't
   * ask the port is to say so.
   */
  @Override
  public @Nullable LuaValue provide(String name) {
    if (!seam.alone(name)) {
      return null;
    }
    LuaTable table = new Table();
    for (String function : seam.ported(name)) {
      table.rawset(
          function,
          NativeFunction.of(
              function,
              _ -> {
                throw LuaErrors.raise(
                    name
                        + "."
                        + function
                        + " has no Lua file, and its port doesn't answer here: put the file back");
              }));
    }
    return table;
  }

  @Override
  public LuaValue onRequire(String name, LuaValue loaded) {
    vm = LuaVm.current();
    if (!(loaded instanceof LuaTable table)) {
      seam.ported(name).forEach(function -> seam.missing(name, function));
      return loaded;
    }
    PortedModule module = new PortedModule(LuaVm.current(), name, table, seam);
    modules.put(name, module);
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
