package dev.banyan.server.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.banyan.lua.LuaOutline;
import dev.banyan.lua.LuaUse;
import dev.banyan.lua.LuaUses;
import dev.banyan.lua.ngx.ApiEntry;
import dev.banyan.lua.ngx.NgxApi;
import dev.banyan.nginx.LuaChunkName;
import dev.banyan.nginx.syntax.ConfTree;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.server.config.ConfigProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one check: all the Lua that a configuration reaches: inline code, the files that it
 * names, and what those {@code require}, as far as the text tells.
 */
public final class LegacyLua {
  /** Files that one check reads at most. */
  static final int MAX_FILES = 5_000;

  private static final Pattern HANDLER = Pattern.compile(".*_by_lua(_block|_file)?");

  private static final Pattern MODULE_NAME = Pattern.compile("[\\w./-]{1,200}");

  private static final String RESTY_CORE = "resty.core";

  private final PackagePath path;
  private final Path prefix;
  private final Map<Path, Read> files = new LinkedHashMap<>();
  private final List<Read> inline = new ArrayList<>();
  private final List<Handler> handlers = new ArrayList<>();
  private final List<ConfigProblem> unreadable = new ArrayList<>();
  private final Deque<Path> waiting = new ArrayDeque<>();

  /** Immutable: a chunk and what its text tells, which is read once. */
  public record Read(LuaChunk chunk, List<LuaUse> uses, LuaOutline outline) {
    /** Copies the list. */
    public Read {
      uses = List.copyOf(uses);
    }

    private static Read of(LuaChunk chunk) {
      return new Read(chunk, LuaUses.of(chunk.source()), LuaOutline.of(chunk.source()));
    }
  }

  /**
   * Immutable: a directive that runs Lua.
   *
   * @param directive its name without {@code _block} and {@code _file}
   * @param file where it is written
   * @param line where in it
   * @param inline its Lua, when that is written in the directive
   * @param code the file of its Lua, when it names one
   */
  public record Handler(
      String directive, Path file, int line, @Nullable Read inline, @Nullable Path code) {}

  private LegacyLua(PackagePath path, Path prefix) {
    this.path = path;
    this.prefix = prefix;
  }

  /** Reads all that a configuration reaches. */
  public static LegacyLua of(ConfTree tree, Path prefix) {
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

  /** The file of a module, wherever it is. */
  public Optional<Path> find(String module) {
    return builtIn(module).isPresent() ? Optional.empty() : path.find(module);
  }

  /** The file of a module, in the folders that the configuration itself names. */
  public Optional<Path> findOwn(String module) {
    return path.findOwn(module);
  }

  /** The directives that run Lua, in the order of the configuration. */
  public List<Handler> handlers() {
    return List.copyOf(handlers);
  }

  /**
   * The modules that a chunk may ask for by a name that is put together: what its text begins with,
   * followed by a string that the chunk holds, if there is such a file.
   */
  public List<String> candidates(Read read) {
    List<String> names = new ArrayList<>();
    for (LuaOutline.DynamicRequire require : read.outline().dynamicRequires()) {
      for (String end : read.outline().strings()) {
        String name = require.prefix() + end;
        boolean plausible = MODULE_NAME.matcher(name).matches() && !end.isEmpty();
        if (plausible && !names.contains(name) && path.findOwn(name).isPresent()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** All Lua files in the folders that the configuration itself names. */
  public NavigableSet<Path> ownFiles() {
    NavigableSet<Path> found = new TreeSet<>();
    for (Path root : path.folders()) {
      try (Stream<Path> walk = Files.walk(root)) {
        walk.filter(file -> file.toString().endsWith(".lua")).limit(MAX_FILES).forEach(found::add);
      } catch (IOException | UncheckedIOException e) {
        // an unreadable folder is no Lua error; require will say so
      }
    }
    return found;
  }

  /** Inline code in the order of the configuration, then files in the order they are reached. */
  public List<Read> chunks() {
    List<Read> all = new ArrayList<>(inline);
    all.addAll(files.values());
    return all;
  }

  /** The files that a directive names and that can't be read. */
  public List<ConfigProblem> unreadable() {
    return unreadable;
  }

  private void collect(Directive directive) {
    int code = directive.name().startsWith("set_by_lua") ? 1 : 0;
    if (HANDLER.matcher(directive.name()).matches() && directive.args().size() > code) {
      String text = directive.arg(code);
      if (directive.name().endsWith("_file")) {
        named(directive, text);
      } else {
        Read read = Read.of(inline(directive, text));
        handler(directive, read, null);
        inline.add(read);
      }
    }
    directive.children().forEach(this::collect);
  }

  private void handler(Directive directive, @Nullable Read read, @Nullable Path code) {
    String name = directive.name().replaceFirst("_(block|file)$", "");
    handlers.add(new Handler(name, Path.of(directive.file()), directive.line(), read, code));
  }

  private void named(Directive directive, String text) {
    if (text.indexOf('$') >= 0) {
      return; // Only a request knows the file.
    }
    Path file = prefix.resolve(text);
    if (Files.isRegularFile(file)) {
      handler(directive, null, file);
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
    candidates(read).forEach(name -> path.findOwn(name).ifPresent(waiting::add));
  }

  /** The entry of a module for which {@code require} looks for no file. */
  public static Optional<ApiEntry> builtIn(String module) {
    return NgxApi.find(module.startsWith(RESTY_CORE + ".") ? RESTY_CORE : module)
        .filter(entry -> entry.kind() == ApiEntry.Kind.MODULE);
  }

  /** The entry of a chain of names, or of the longest part of it that has one. */
  public static Optional<ApiEntry> entry(String chain) {
    String name = chain;
    while (true) {
      Optional<ApiEntry> found = NgxApi.find(name).filter(e -> e.kind() != ApiEntry.Kind.MODULE);
      int dot = name.lastIndexOf('.');
      if (found.isPresent() || dot < 0) {
        return found;
      }
      name = name.substring(0, dot);
    }
  }
}
