package dev.banyan.server.inventory;

import dev.banyan.lua.LuaOutline;
import dev.banyan.lua.LuaOutline.Mention;
import dev.banyan.server.check.LegacyLua;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.inventory.ModuleReader.Use;
import dev.banyan.server.serve.ConfSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Owned by one question: who in the legacy uses a module, as far as the text tells.
 *
 * <p>Names are compared as {@link LuaOutline} gives them, with local names replaced by what they
 * stand for.
 */
public final class ModuleReaders {
  private static final String CTX = "ngx.ctx.";

  private final LegacyLua lua;
  private final InventoryReader reader;
  private final String module;
  private final Optional<Path> file;
  private final Set<String> ctxKeys;
  private final Set<String> globals = new TreeSet<>();
  private final Set<String> elsewhere = new TreeSet<>();
  private final Map<String, ModuleReader> found = new LinkedHashMap<>();

  private ModuleReaders(ConfSource source, String module) {
    this.module = module;
    lua = LegacyLua.of(source.syntax(), source.prefix());
    reader = new InventoryReader(lua, source.prefix());
    file = lua.find(module);
    Optional<LegacyLua.Read> own = lua.chunks().stream().filter(read -> isOwn(read)).findFirst();
    ctxKeys = own.map(read -> Touches.of(read).ctxWrites()).orElse(Set.of());
    own.ifPresent(read ->
        read.outline().state().stream()
            .filter(LuaOutline.State::global)
            .forEach(state -> globals.add(state.name())));
  }

  /**
   * Reads a configuration and its Lua.
   *
   * @throws ConfigException when the configuration can't be read or parsed
   */
  public static ModuleReaders of(ConfSource source, String module) {
    ModuleReaders readers = new ModuleReaders(source, module);
    readers.lua.chunks().stream().filter(read -> !readers.isOwn(read)).forEach(readers::read);
    return readers;
  }

  /** The module's Lua; empty when it has no file. */
  public Optional<LegacyModule> module() {
    return reader.modules().stream()
        .filter(one -> file.equals(Optional.of(one.file())))
        .findFirst();
  }

  /** The module's file, whether the text asks for it or not. */
  public Optional<Path> file() {
    return file;
  }

  /** Who uses it, one of each kind from each place's module. */
  public Collection<ModuleReader> all() {
    return List.copyOf(found.values());
  }

  /** Whether a name occurs in any other Lua, whatever it stands for there. */
  public boolean isNamedElsewhere(String name) {
    return elsewhere.contains(name);
  }

  /** Whether other Lua starts timers, in which no request is. */
  public List<String> timers() {
    List<String> places = new ArrayList<>();
    for (LegacyLua.Read read : lua.chunks()) {
      boolean uses = found.values().stream().anyMatch(r -> r.file().equals(read.chunk().file()));
      for (Mention mention : read.outline().mentions()) {
        if (uses && !isOwn(read) && mention.name().startsWith("ngx.timer.")) {
          places.add(place(read, mention.line()));
        }
      }
    }
    return places;
  }

  private static String place(LegacyLua.Read read, int line) {
    return read.chunk().file().getFileName() + ":" + read.chunk().line(line);
  }

  private boolean isOwn(LegacyLua.Read read) {
    return read.chunk().isFile() && file.equals(Optional.of(read.chunk().file()));
  }

  private void read(LegacyLua.Read read) {
    for (Mention mention : read.outline().mentions()) {
      elsewhere.addAll(List.of(mention.name().split("[.:]")));
      String name = mention.name();
      if (name.startsWith(module + ":")) {
        String member = first(name.substring(module.length() + 1));
        Use whole = mention.bare() ? Use.LOAD : Use.WHOLE;
        add(read, mention, member.isEmpty() ? whole : Use.MEMBER, member);
      } else if (name.startsWith(CTX) && ctxKeys.contains(first(name.substring(CTX.length())))) {
        add(read, mention, Use.CTX, first(name.substring(CTX.length())));
      } else if (globals.contains(first(name))) {
        add(read, mention, Use.GLOBAL, first(name));
      }
    }
    elsewhere.addAll(read.outline().strings());
    if (lua.candidates(read).contains(module)) {
      LuaOutline.DynamicRequire require = read.outline().dynamicRequires().getFirst();
      add(read, new Mention(LuaOutline.MAIN, "", require.line(), false, false), Use.NAME, "");
    }
  }

  private void add(LegacyLua.Read read, Mention mention, Use use, String name) {
    boolean handler = !read.chunk().isFile();
    ModuleReader one =
        new ModuleReader(
            handler ? directive(read) : reader.name(read.chunk().file()),
            handler,
            read.chunk().file(),
            read.chunk().line(mention.line()),
            use,
            name,
            mention.written(),
            !handler && mention.function() == LuaOutline.MAIN,
            handler
                ? Set.of(directive(read))
                : reader.graph().phases(read.chunk().file(), mention.function()));
    // Every line that only loads it is one to delete; of other uses one place tells enough.
    String line = use == Use.LOAD ? one.place() : "";
    String key =
        line + one.by() + " " + use + " " + name + " " + one.loading() + " " + one.written();
    found.putIfAbsent(key + (handler ? one.place() : "") + one.phases(), one);
  }

  private String directive(LegacyLua.Read read) {
    return lua.handlers().stream()
        .filter(handler -> read.equals(handler.inline()))
        .map(LegacyLua.Handler::directive)
        .findFirst()
        .orElse(read.chunk().name());
  }

  private static String first(String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '.' && rest.charAt(end) != ':') {
      end++;
    }
    return rest.substring(0, end);
  }
}
