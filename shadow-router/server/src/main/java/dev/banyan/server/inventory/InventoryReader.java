package dev.banyan.server.inventory;

import dev.banyan.lua.LuaOutline;
import dev.banyan.lua.LuaOutline.Function;
import dev.banyan.lua.LuaUse;
import dev.banyan.server.check.LegacyLua;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.inventory.LegacyModule.ModuleFunction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Owned by one inventory: brings together what the chunks' outlines tell. */
final class InventoryReader {
  private final LegacyLua lua;
  private final Path prefix;
  private final Map<Path, LegacyLua.Read> files = new LinkedHashMap<>();
  private final Map<String, Path> byName = new TreeMap<>();
  private final Map<Path, String> names = new LinkedHashMap<>();
  private final Map<Path, Set<String>> requires = new LinkedHashMap<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();
  private final CallGraph graph;
  private final NameUses uses;

  InventoryReader(LegacyLua lua, Path prefix) {
    this.lua = lua;
    this.prefix = prefix;
    for (LegacyLua.Read read : lua.chunks()) {
      if (read.chunk().isFile()) {
        files.put(read.chunk().file(), read);
      }
    }
    warnings.addAll(lua.unreadable());
    lua.chunks().forEach(this::resolve);
    graph = new CallGraph(files, byName);
    lua.handlers().forEach(graph::follow);
    uses = NameUses.of(lua.chunks());
  }

  /** What the text doesn't tell. */
  List<ConfigProblem> warnings() {
    return warnings;
  }

  /** Finds the files of what a chunk asks for. */
  private void resolve(LegacyLua.Read read) {
    Path file = read.chunk().file();
    Set<String> asked = requires.computeIfAbsent(file, _ -> new TreeSet<>());
    for (LuaUse use : read.uses()) {
      if (use.module()) {
        lua.find(use.name()).ifPresent(found -> resolved(asked, use.name(), found));
      }
    }
    List<String> candidates = lua.candidates(read);
    for (String name : candidates) {
      lua.findOwn(name).ifPresent(found -> resolved(asked, name, found));
    }
    for (LuaOutline.DynamicRequire require : read.outline().dynamicRequires()) {
      List<String> fitting =
          candidates.stream().filter(name -> name.startsWith(require.prefix())).toList();
      warnings.add(
          new ConfigProblem(
              file,
              read.chunk().line(require.line()),
              "requires a module by a name that is put together: "
                  + (fitting.isEmpty()
                      ? "which one the text doesn't tell"
                      : "taken for " + String.join(", ", fitting))));
    }
    read.chunk().syntax().ifPresent(warnings::add);
  }

  private void resolved(Set<String> asked, String name, Path found) {
    asked.add(names.computeIfAbsent(found, _ -> name));
    byName.put(name, found);
  }

  List<LegacyModule> modules() {
    List<LegacyModule> modules = new ArrayList<>();
    files.forEach((file, read) -> modules.add(module(file, read)));
    modules.sort(Comparator.comparing(LegacyModule::name));
    return modules;
  }

  private LegacyModule module(Path file, LegacyLua.Read read) {
    LuaOutline outline = read.outline();
    String name = name(file);
    return new LegacyModule(
        name,
        file,
        lua.findOwn(name).isEmpty() && byName.containsKey(name),
        outline.shape(),
        outline.lines(),
        outline.codeLines(),
        functions(file, outline),
        requires.getOrDefault(file, Set.of()),
        requiredBy(name),
        builtIns(read),
        graph.handlers(file),
        phases(file, outline),
        Touches.of(read),
        state(outline),
        ModuleNotes.of(read, byName.keySet()));
  }

  /** From where each function can be reached. */
  CallGraph graph() {
    return graph;
  }

  /** What the legacy asks for a file by. */
  String name(Path file) {
    String name = names.get(file);
    return name == null ? prefix.relativize(file).toString() : name;
  }

  private List<ModuleFunction> functions(Path file, LuaOutline outline) {
    List<ModuleFunction> found = new ArrayList<>();
    List<Function> all = outline.functions();
    for (int i = 0; i < all.size(); i++) {
      Function function = all.get(i);
      if (outline.isExported(function)) {
        boolean used = uses.outsideOf(file, i, function.name());
        found.add(
            new ModuleFunction(function.name(), function.line(), graph.phases(file, i), used));
      }
    }
    return found;
  }

  private Set<String> requiredBy(String name) {
    Set<String> by = new TreeSet<>();
    files
        .keySet()
        .forEach(file -> {
          if (requires.getOrDefault(file, Set.of()).contains(name)) {
            by.add(name(file));
          }
        });
    return by;
  }

  private Set<String> builtIns(LegacyLua.Read read) {
    Set<String> found = new TreeSet<>();
    for (LuaUse use : read.uses()) {
      if (use.module() && lua.find(use.name()).isEmpty()) {
        found.add(use.name());
      }
    }
    return found;
  }

  /** Data is read where its readers run. */
  private Set<String> phases(Path file, LuaOutline outline) {
    Set<String> own = graph.phases(file);
    if (!own.isEmpty() || outline.shape() != LuaOutline.Shape.DATA) {
      return own;
    }
    Set<String> readers = new TreeSet<>();
    for (String by : requiredBy(name(file))) {
      Path reader = byName.get(by);
      readers.addAll(reader == null ? Set.of() : graph.phases(reader));
    }
    return readers;
  }

  /** What a table of data changes, it changes while it is loaded. */
  private static List<String> state(LuaOutline outline) {
    if (outline.shape() == LuaOutline.Shape.DATA) {
      return List.of();
    }
    return outline.state().stream()
        .map(state -> (state.global() ? "global " : "") + state.name())
        .toList();
  }
}
