package dev.banyan.server.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.banyan.lua.LuaUse;
import dev.banyan.lua.LuaUses;
import dev.banyan.lua.ngx.ApiEntry;
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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Owned by one check: all the Lua that a configuration reaches: inline code, the files that it
 * names, and what those {@code require}, as far as the text tells.
 */
final class LegacyLua {
  /** Files that one check reads at most. */
  static final int MAX_FILES = 5_000;

  private static final Pattern HANDLER = Pattern.compile(".*_by_lua(_block|_file)?");

  private static final String RESTY_CORE = "resty.core";

  private final PackagePath path;
  private final Path prefix;
  private final Map<Path, Read> files = new LinkedHashMap<>();
  private final List<Read> inline = new ArrayList<>();
  private final List<ConfigProblem> unreadable = new ArrayList<>();
  private final Deque<Path> waiting = new ArrayDeque<>();

  /** A chunk and what it uses, which is read once. */
  record Read(LuaChunk chunk, List<LuaUse> uses) {
    private static Read of(LuaChunk chunk) {
      return new Read(chunk, LuaUses.of(chunk.source()));
    }
  }

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
  List<Read> chunks() {
    List<Read> all = new ArrayList<>(inline);
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
        inline.add(Read.of(inline(directive, text)));
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
      Read read = Read.of(LuaChunk.file(file, Files.readAllBytes(file)));
      files.put(file, read);
      follow(read);
    } catch (IOException e) {
      unreadable.add(new ConfigProblem(file, 0, "can't be read: " + e.getMessage()));
    }
  }

  private void follow(Read read) {
    for (LuaUse use : read.uses()) {
      if (use.module() && builtIn(use.name()).isEmpty()) {
        path.find(use.name()).ifPresent(waiting::add);
      }
    }
  }

  /** The entry of a module for which {@code require} looks for no file. */
  static Optional<ApiEntry> builtIn(String module) {
    return NgxApi.find(module.startsWith(RESTY_CORE + ".") ? RESTY_CORE : module)
        .filter(entry -> entry.kind() == ApiEntry.Kind.MODULE);
  }
}
