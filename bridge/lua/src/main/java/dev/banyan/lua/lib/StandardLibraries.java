package dev.banyan.lua.lib;

import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.ffi.FfiLibrary;
import java.util.List;

/** The libraries that LuaJIT has built in, without those that reach out of the sandbox. */
public final class StandardLibraries {
  private StandardLibraries() {}

  /** All of them. */
  public static List<LuaLibrary> all() {
    return all(Writes.KEPT);
  }

  /** All of them, for Lua that may read files and change none. */
  public static List<LuaLibrary> readingOnly() {
    return all(Writes.DROPPED);
  }

  private static List<LuaLibrary> all(Writes writes) {
    return List.of(
        new BaseLib(),
        new LoadLib(),
        new EnvironmentLib(),
        new StringLib(),
        new TableLib(),
        new MathLib(),
        new BitLib(),
        new CoroutineLib(),
        new OsLib(writes),
        new IoLib(writes),
        new DebugLib(),
        new JitLib(),
        new FfiLibrary(),
        new BuiltinNumbers());
  }

  /** The default options of a machine with all standard libraries. */
  public static LuaVmOptions options() {
    return LuaVmOptions.of(all());
  }
}
