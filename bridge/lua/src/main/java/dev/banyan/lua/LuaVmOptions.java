package dev.banyan.lua;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a machine is built: its libraries and the bounds of what Lua code may use up.
 *
 * @param libraries opened in this order
 * @param packagePath the initial {@code package.path}
 * @param packageCpath the initial {@code package.cpath}, searched for nothing but the error's text
 * @param callDepth nested Lua calls before "stack overflow"
 * @param stringBytes the longest string that Lua code may build
 * @param tableSlots the most slots of one table
 * @param slice how long Lua may run without parking before it is aborted
 * @param seam sees every module that {@code require} loads
 * @param print takes the lines that {@code print} writes
 */
public record LuaVmOptions(
    List<LuaLibrary> libraries,
    String packagePath,
    String packageCpath,
    int callDepth,
    int stringBytes,
    int tableSlots,
    Duration slice,
    SeamHook seam,
    Consumer<String> print) {

  /** Copies the list and checks the bounds. */
  public LuaVmOptions {
    libraries = List.copyOf(libraries);
    if (callDepth < 100 || stringBytes < 1024 || tableSlots < 1024 || slice.isNegative()) {
      throw new IllegalArgumentException("a bound of the Lua machine is too small");
    }
  }

  /** The defaults, with the given libraries. */
  public static LuaVmOptions of(List<LuaLibrary> libraries) {
    PrintStream out = System.out;
    return new LuaVmOptions(
        libraries,
        "./?.lua;/usr/local/share/lua/5.1/?.lua;/usr/local/share/lua/5.1/?/init.lua;"
            + "/usr/share/lua/5.1/?.lua;/usr/share/lua/5.1/?/init.lua",
        "./?.so;/usr/local/lib/lua/5.1/?.so;/usr/lib/x86_64-linux-gnu/lua/5.1/?.so;"
            + "/usr/local/lib/lua/5.1/loadall.so",
        7000,
        256 << 20,
        1 << 25,
        Duration.ofSeconds(60),
        SeamHook.NONE,
        out::println);
  }

  /** The same with other libraries. */
  public LuaVmOptions withLibraries(List<LuaLibrary> changed) {
    return new LuaVmOptions(
        changed, packagePath, packageCpath, callDepth, stringBytes, tableSlots, slice, seam, print);
  }

  /** The same with another {@code package.path} and {@code package.cpath}. */
  public LuaVmOptions withPaths(String path, String cpath) {
    return new LuaVmOptions(
        libraries, path, cpath, callDepth, stringBytes, tableSlots, slice, seam, print);
  }

  /** The same with other bounds on calls, strings and tables. */
  public LuaVmOptions withBounds(int depth, int bytes, int slots) {
    return new LuaVmOptions(
        libraries, packagePath, packageCpath, depth, bytes, slots, slice, seam, print);
  }

  /** The same with another bound on running without parking. */
  public LuaVmOptions withSlice(Duration changed) {
    return new LuaVmOptions(
        libraries,
        packagePath,
        packageCpath,
        callDepth,
        stringBytes,
        tableSlots,
        changed,
        seam,
        print);
  }

  /** The same with another seam. */
  public LuaVmOptions withSeam(SeamHook changed) {
    return new LuaVmOptions(
        libraries,
        packagePath,
        packageCpath,
        callDepth,
        stringBytes,
        tableSlots,
        slice,
        changed,
        print);
  }

  /** The same with another receiver of {@code print}'s lines. */
  public LuaVmOptions withPrint(Consumer<String> changed) {
    return new LuaVmOptions(
        libraries,
        packagePath,
        packageCpath,
        callDepth,
        stringBytes,
        tableSlots,
        slice,
        seam,
        changed);
  }
}
