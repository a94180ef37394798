package dev.banyan.lua;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: {@code require} and the {@code package} table. */
@SuppressWarnings("ReferenceEquality")
public final class Modules {
  private static final LuaValue NIL = LuaValue.NIL;
  private static final LuaValue SENTINEL = LuaText.of("loading");

  private final LuaVm vm;
  private final Table pkg = new Table();
  private final Table loaded = new Table();
  private final Table preload = new Table();

  Modules(LuaVm vm) {
    this.vm = vm;
    pkg.rawset("loaded", loaded);
    pkg.rawset("preload", preload);
    pkg.rawset("path", LuaText.of(vm.options().packagePath()));
    pkg.rawset("cpath", LuaText.of(vm.options().packageCpath()));
    pkg.rawset("config", LuaText.of("/\n;\n?\n!\n-\n"));
    Table loaders = new Table();
    loaders.rawset(1, NativeFunction.of("loader_preload", this::loaderPreload));
    loaders.rawset(2, NativeFunction.of("loader_lua", this::loaderLua));
    loaders.rawset(3, NativeFunction.of("loader_c", this::loaderC));
    loaders.rawset(4, NativeFunction.of("loader_croot", this::loaderCroot));
    pkg.rawset("loaders", loaders);
    loaded.rawset("_G", vm.globals());
    loaded.rawset("package", pkg);
    vm.globals().rawset("package", pkg);
    vm.globals().rawset("require", NativeFunction.of("require", this::require));
    pkg.rawset("searchpath", NativeFunction.of("searchpath", this::searchpath));
    pkg.rawset("seeall", NativeFunction.of("seeall", this::seeall));
    pkg.rawset("loadlib", NativeFunction.of("loadlib", Modules::loadlib));
  }

  /** {@code package.loaded}. */
  public Table loaded() {
    return loaded;
  }

  void packagePath(String path) {
    pkg.rawset("path", LuaText.of(path));
  }

  void packageCpath(String path) {
    pkg.rawset("cpath", LuaText.of(path));
  }

  void preload(String name, Supplier<LuaValue> module) {
    preload.rawset(name, NativeFunction.of(name, args -> module.get()));
  }

  /** Registers a library's table as a global and as a loaded module. */
  public void library(String name, LuaTable table) {
    vm.globals().rawset(name, table);
    loaded.rawset(name, table);
  }

  /** What {@code require(name)} answers; the machine runs. */
  public LuaValue require(String name) {
    return require(LuaText.of(name)).arg1();
  }

  private Varargs require(Varargs args) {
    LuaValue name = LuaArgs.checkString(args, 1);
    LuaValue known = loaded.rawget(name);
    if (known.toboolean()) {
      if (known == SENTINEL) {
        throw LuaErrors.raise(
            "loop or previous error loading module '" + LuaText.latin1(name) + "'");
      }
      return known;
    }
    LuaFunction loader = findLoader(name);
    loaded.rawset(name, SENTINEL);
    LuaValue result = vm.withoutSuspending(() -> loader.invoke(name).arg1());
    if (!result.isnil()) {
      loaded.rawset(name, result);
    }
    LuaValue value = loaded.rawget(name);
    if (value == SENTINEL) {
      value = LuaValue.TRUE;
    }
    value = vm.options().seam().onRequire(LuaText.latin1(name), value);
    loaded.rawset(name, value);
    return value;
  }

  private LuaFunction findLoader(LuaValue name) {
    LuaValue loaders = pkg.rawget("loaders");
    if (!(loaders instanceof LuaTable list)) {
      throw LuaErrors.raise("'package.loaders' must be a table");
    }
    StringBuilder tried = new StringBuilder();
    for (int i = 1; ; i++) {
      LuaValue searcher = list.rawget(i);
      if (searcher.isnil()) {
        LuaValue provided = vm.options().seam().provide(LuaText.latin1(name));
        if (provided != null) {
          return NativeFunction.of("loader_port", args -> provided);
        }
        throw LuaErrors.raise("module '" + LuaText.latin1(name) + "' not found:" + tried);
      }
      LuaValue found = Semantics.call(vm, searcher, name).arg1();
      if (found instanceof LuaFunction function) {
        return function;
      }
      if (found.isstring()) {
        tried.append(LuaText.latin1(found));
      }
    }
  }

  private Varargs loaderPreload(Varargs args) {
    LuaValue name = LuaArgs.checkString(args, 1);
    LuaValue table = pkg.rawget("preload");
    if (!(table instanceof LuaTable)) {
      throw LuaErrors.raise("'package.preload' must be a table");
    }
    LuaValue found = table.get(name);
    return found.isnil()
        ? LuaText.of("\n\tno field package.preload['" + LuaText.latin1(name) + "']")
        : found;
  }

  private Varargs loaderLua(Varargs args) {
    String name = LuaArgs.checkText(args, 1);
    StringBuilder tried = new StringBuilder();
    String file = search(name, path("path"), ".", tried);
    if (file == null) {
      return LuaText.of(tried.toString());
    }
    try {
      return vm.load(Files.readAllBytes(Path.of(file)), "@" + file, vm.running().environment());
    } catch (LuaError e) {
      throw LuaErrors.raise(
          "error loading module '"
              + name
              + "' from file '"
              + file
              + "':\n\t"
              + LuaText.latin1(e.getMessageObject()));
    } catch (IOException e) {
      throw LuaErrors.raise(
          "error loading module '" + name + "' from file '" + file + "':\n\tcannot read " + file);
    }
  }

  private Varargs loaderC(Varargs args) {
    StringBuilder tried = new StringBuilder();
    search(LuaArgs.checkText(args, 1), path("cpath"), ".", tried);
    return LuaText.of(tried.toString());
  }

  private Varargs loaderCroot(Varargs args) {
    String name = LuaArgs.checkText(args, 1);
    int dot = name.indexOf('.');
    if (dot < 0) {
      return NIL;
    }
    StringBuilder tried = new StringBuilder();
    search(name.substring(0, dot), path("cpath"), ".", tried);
    return LuaText.of(tried.toString());
  }

  private String path(String field) {
    LuaValue value = pkg.rawget(field);
    if (!value.isstring()) {
      throw LuaErrors.raise("'package." + field + "' must be a string");
    }
    return LuaText.latin1(value);
  }

  /** The file as the template spells it, which Lua's messages show. */
  private static @Nullable String search(
      String name, String path, String separator, StringBuilder tried) {
    String file = separator.isEmpty() ? name : name.replace(separator, "/");
    for (String template : path.split(";")) {
      if (template.isEmpty()) {
        continue;
      }
      String candidate = template.replace("?", file);
      boolean library = candidate.endsWith(".so");
      try {
        Path found = Path.of(candidate);
        if (!library && Files.isReadable(found) && !Files.isDirectory(found)) {
          return candidate;
        }
      } catch (InvalidPathException e) {
        // a name that no file can have is simply not found
      }
      tried.append("\n\tno file '").append(candidate).append('\'');
    }
    return null;
  }

  private Varargs searchpath(Varargs args) {
    String name = LuaArgs.checkText(args, 1);
    String path = LuaArgs.checkText(args, 2);
    StringBuilder tried = new StringBuilder();
    String found = search(name, path, LuaArgs.optText(args, 3, "."), tried);
    return found != null
        ? LuaText.of(found)
        : LuaValue.varargsOf(NIL, LuaText.of(tried.toString()));
  }

  private Varargs seeall(Varargs args) {
    LuaTable module = LuaArgs.checkTable(args, 1);
    LuaTable metatable = Semantics.metatable(vm, module);
    if (metatable == null) {
      metatable = new Table();
      module.setmetatable(metatable);
    }
    metatable.rawset(LuaValue.INDEX, vm.globals());
    return LuaValue.NONE;
  }

  private static Varargs loadlib(Varargs args) {
    LuaArgs.checkString(args, 1);
    LuaArgs.checkString(args, 2);
    return LuaValue.varargsOf(
        NIL, LuaText.of("dynamic libraries are not available"), LuaText.of("absent"));
  }
}
