package dev.banyan.server.check;

import dev.banyan.lua.LuaUse;
import dev.banyan.lua.ngx.ApiEntry;
import dev.banyan.lua.ngx.NgxApi;
import dev.banyan.nginx.syntax.ConfTree;
import dev.banyan.nginx.syntax.Context;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.DirectiveSpec;
import dev.banyan.nginx.syntax.DirectiveTable;
import dev.banyan.server.check.Compatibility.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Owned by one report: looks up what a configuration and its Lua use in the tables. */
final class UseReader {
  /** The blocks that hold directives; the others hold entries of a table. */
  private static final Set<String> BLOCKS =
      Set.of("http", "events", "server", "location", "upstream", "if", "limit_except");

  /** What {@code require} gives that is Lua's own. */
  private static final Set<String> STANDARD =
      Set.of("string", "table", "math", "os", "io", "debug", "package", "coroutine", "_G");

  private final Map<String, Use> uses = new LinkedHashMap<>();
  private final PackagePath path;
  private final Set<String> retired;

  private UseReader(PackagePath path, Set<String> retired) {
    this.path = path;
    this.retired = retired;
  }

  static List<Use> read(ConfTree tree, Path prefix, Set<String> retired) {
    LegacyLua lua = LegacyLua.of(tree, prefix);
    UseReader reader = new UseReader(lua.path(), retired);
    tree.directives().forEach(directive -> reader.directive(directive, ""));
    for (LegacyLua.Read read : lua.chunks()) {
      read.uses().forEach(use -> reader.lua(read.chunk(), use));
    }
    return new ArrayList<>(reader.uses.values());
  }

  private void add(Path file, int line, Use.Kind kind, String name, Compatibility level) {
    Use use = new Use(file, line, kind, name, level);
    uses.merge(
        file + "\0" + kind + name,
        use,
        (earlier, later) ->
            level.level().compareTo(earlier.compatibility().level()) > 0 ? later : earlier);
  }

  private void directive(Directive directive, String parent) {
    Compatibility compatibility =
        spec(directive.name(), parent)
            .map(spec -> Compatibility.of(spec, directive.args()))
            .orElse(new Compatibility(Level.MISSING, "unknown directive"));
    add(
        Path.of(directive.file()),
        directive.line(),
        Use.Kind.DIRECTIVE,
        directive.name(),
        compatibility);
    if (BLOCKS.contains(directive.name())) {
      directive.children().forEach(child -> directive(child, directive.name()));
    }
  }

  /** A name may mean another thing inside of an upstream. */
  private static Optional<DirectiveSpec> spec(String name, String parent) {
    List<DirectiveSpec> specs = DirectiveTable.standard().find(name);
    boolean upstream = parent.equals("upstream");
    return specs.stream()
        .filter(spec -> spec.contexts().contains(Context.UPSTREAM) == upstream)
        .findFirst()
        .or(() -> specs.stream().findFirst());
  }

  private void lua(LuaChunk chunk, LuaUse use) {
    if (use.module()) {
      module(chunk, use);
      return;
    }
    Optional<ApiEntry> entry = LegacyLua.entry(use.name());
    if (entry.isPresent()) {
      add(
          chunk.file(),
          chunk.line(use.line()),
          kind(entry.get()),
          entry.get().name(),
          Compatibility.of(entry.get()));
    } else if (use.name().startsWith("ngx.") && !isNamespace(use.name())) {
      add(
          chunk.file(),
          chunk.line(use.line()),
          Use.Kind.FUNCTION,
          use.name(),
          new Compatibility(Level.MISSING, "lua-nginx-module 0.10.23 documents no such name"));
    }
  }

  private void module(LuaChunk chunk, LuaUse use) {
    String name = use.name();
    if (STANDARD.contains(name) || retired.contains(name)) {
      return;
    }
    Optional<ApiEntry> entry = LegacyLua.builtIn(name);
    if (entry.isEmpty() && path.find(name).isPresent()) {
      return;
    }
    Compatibility compatibility =
        entry
            .map(Compatibility::of)
            .orElse(new Compatibility(Level.MISSING, "no file in lua_package_path, not built in"));
    if (use.guarded() && compatibility.level() == Level.MISSING) {
      compatibility =
          new Compatibility(Level.DEVIATES, "asked for under pcall; " + compatibility.note());
    }
    add(chunk.file(), chunk.line(use.line()), Use.Kind.MODULE, name, compatibility);
  }

  private static boolean isNamespace(String name) {
    return name.contains(":")
        || NgxApi.entries().stream().anyMatch(entry -> entry.name().startsWith(name + "."));
  }

  private static Use.Kind kind(ApiEntry entry) {
    return switch (entry.kind()) {
      case FUNCTION, CORE_FUNCTION, METHOD -> Use.Kind.FUNCTION;
      case PROPERTY, CONSTANT -> Use.Kind.VALUE;
      case MODULE -> Use.Kind.MODULE;
    };
  }
}
