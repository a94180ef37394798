package dev.banyan.server.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.banyan.lua.LuaUse;
import dev.banyan.lua.LuaUses;
import dev.banyan.lua.ngx.NgxApi;
import dev.banyan.nginx.LuaChunkName;
import dev.banyan.nginx.syntax.ConfTree;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.server.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Owned by one check: all the Lua that a configuration reaches: inline code, the files that it
 * names, and what those {@code require}, as far as the text tells.
 */
final class LegacyLua {
  /** Files that one check reads at most. */
  static final int MAX_FILES = 5_000;

  private static final Pattern HANDLER = Pattern.compile(".*_by_lua(_block|_file)?");

  private final PackagePath path;
  private final Path prefix;
  private final Map<Path, LuaChunk> files = new LinkedHashMap<>();
  private final List<LuaChunk> inline = new ArrayList<>();
  private final List<ConfigProblem> unreadable = new ArrayList<>();
  private final Deque<Path> waiting = new ArrayDeque<>();

  private LegacyLua(PackagePath path, Path prefix) {
    this.path = path;
    this.prefix = prefix;
  }

  static LegacyLua of(ConfTree tree, Path prefix) {
    LegacyLua lua = new LegacyLua(PackagePath.of(tree, prefix), prefix);
    tree.directives().forEach(lua::collect);
    lua.inline.forEach(lua::follow);
    while (!lua.waiting.isEmpty() && lua.files.size() < MAX_FILES) {
      lua.read(lua.waiting.removeFirst());
    }
    return lua;
  }

  PackagePath path() {
    return path;
  }

  /** Inline code in the order of the configuration, then files in the order they are reached. */
  List<LuaChunk> chunks() {
    List<LuaChunk> all = new ArrayList<>(inline);
    all.addAll(files.values());
    return all;
  }

  /** The files that a directive names and that can't be read. */
  List<ConfigProblem> unreadable() {
    return unreadable;
  }

  private void collect(Directive directive) {
    int code = directive.name().startsWith("set_by_lua") ? 1 : 0;
    if (HANDLER.matcher(directive.name()).matches() && directive.args().size() > code) {
      String text = directive.arg(code);
      if (directive.name().endsWith("_file")) {
        named(directive, text);
      } else {
        inline.add(inline(directive, text));
      }
    }
    directive.children().forEach(this::collect);
  }

  private void named(Directive directive, String text) {
    if (text.indexOf('$') >= 0) {
      return; // Only a request knows the file.
    }
    Path file = prefix.resolve(text);
    if (Files.isRegularFile(file)) {
      waiting.add(file);
    } else {
      unreadable.add(
          new ConfigProblem(
              Path.of(directive.file()),
              directive.line(),
              "no such Lua file: " + file + ": correct the name, or put the file there"));
    }
  }

  /** A block's line is where it opens; a quoted text's is where it ends. */
  private static LuaChunk inline(Directive directive, String code) {
    boolean block = directive.name().endsWith("_block");
    int newlines = block ? 0 : (int) code.chars().filter(c -> c == '\n').count();
    return new LuaChunk(
        Path.of(directive.file()),
        Math.max(1, directive.line() - newlines),
        LuaChunkName.of(directive),
        code.getBytes(ISO_8859_1));
  }

  private void read(Path file) {
    if (files.containsKey(file)) {
      return;
    }
    try {
      LuaChunk chunk = LuaChunk.file(file, Files.readAllBytes(file));
      files.put(file, chunk);
      follow(chunk);
    } catch (IOException e) {
      unreadable.add(new ConfigProblem(file, 0, "can't be read: " + e.getMessage()));
    }
  }

  private void follow(LuaChunk chunk) {
    for (LuaUse use : LuaUses.of(chunk.source())) {
      if (use.module() && !isBuiltIn(use.name())) {
        path.find(use.name()).ifPresent(waiting::add);
      }
    }
  }

  /** Whether {@code require} never looks for a file of this name. */
  static boolean isBuiltIn(String module) {
    return NgxApi.find(module).isPresent() || module.startsWith("resty.core.");
  }
}
