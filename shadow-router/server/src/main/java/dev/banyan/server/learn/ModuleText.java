package dev.banyan.server.learn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.banyan.lua.LuaOutline;
import dev.banyan.lua.LuaUse;
import dev.banyan.server.check.LegacyLua;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Immutable: what the text of a module, and of the modules that it requires, tells of what it
 * reads.
 *
 * @param file the module's file, from the prefix folder if it lies there
 * @param lines its text, line by line
 * @param names every name and string, in lower case, with {@code _} for {@code -}
 * @param variables nginx variables that a vector holds
 * @param read those of them that the text mentions
 * @param ctxPaths what is mentioned of {@code ngx.ctx}, such as {@code tenant.waf.mode}
 * @param ctxKeys the keys of {@code ngx.ctx}
 * @param methods names of methods that are called
 * @param objectFields what functions of these names read of their objects ({@code self}), wherever
 *     the legacy defines them
 * @param api functions of {@code ngx.*} that are used
 * @param state what the module keeps between calls
 */
public record ModuleText(
    Path file,
    List<String> lines,
    Set<String> names,
    Set<String> variables,
    Set<String> read,
    Set<String> ctxPaths,
    Set<String> ctxKeys,
    Set<String> methods,
    Set<String> objectFields,
    Set<String> api,
    List<String> state) {
  private static final String VAR = "ngx.var.";
  private static final String CTX = "ngx.ctx.";
  private static final String SELF = "self.";

  /** What every vector tells of its request. */
  private static final Set<String> ALWAYS =
      Set.of("remote_addr", "host", "scheme", "server_port", "request_uri", "request_method");

  /** Copies the collections. */
  public ModuleText {
    lines = List.copyOf(lines);
    names = Set.copyOf(names);
    variables = Set.copyOf(variables);
    read = new TreeSet<>(read);
    ctxPaths = new TreeSet<>(ctxPaths);
    ctxKeys = new TreeSet<>(ctxKeys);
    methods = Set.copyOf(methods);
    objectFields = Set.copyOf(objectFields);
    api = new TreeSet<>(api);
    state = List.copyOf(state);
  }

  /** Reads a module; empty when the configuration doesn't reach it. */
  public static Optional<ModuleText> of(LegacyLua lua, Path prefix, String module) {
    Path file = lua.findOwn(module).orElse(null);
    Map<Path, LegacyLua.Read> reads = new HashMap<>();
    lua.chunks().stream()
        .filter(read -> read.chunk().isFile())
        .forEach(read -> reads.put(read.chunk().file(), read));
    LegacyLua.Read own = file == null ? null : reads.get(file);
    return own == null || file == null
        ? Optional.empty()
        : Optional.of(
            of(within(prefix, file), own, closure(lua, own, reads), List.copyOf(reads.values())));
  }

  private static Path within(Path prefix, Path file) {
    return file.startsWith(prefix) ? prefix.relativize(file) : file;
  }

  private static List<LegacyLua.Read> closure(
      LegacyLua lua, LegacyLua.Read own, Map<Path, LegacyLua.Read> reads) {
    List<LegacyLua.Read> found = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    Deque<LegacyLua.Read> waiting = new ArrayDeque<>(List.of(own));
    while (!waiting.isEmpty()) {
      LegacyLua.Read read = waiting.removeFirst();
      if (seen.add(read.chunk().file())) {
        found.add(read);
        Set<String> required = new TreeSet<>(lua.candidates(read));
        read.uses().stream().filter(LuaUse::module).map(LuaUse::name).forEach(required::add);
        for (String name : required) {
          lua.find(name).map(reads::get).ifPresent(waiting::add);
        }
      }
    }
    return found;
  }

  /** What methods of these names mention of {@code self}. */
  private static Set<String> objectFields(List<LegacyLua.Read> all, Set<String> methods) {
    Set<String> fields = new TreeSet<>();
    for (LegacyLua.Read read : all) {
      List<LuaOutline.Function> functions = read.outline().functions();
      for (LuaOutline.Mention mention : read.outline().mentions()) {
        int function = mention.function();
        boolean own = function != LuaOutline.MAIN && isOne(functions.get(function), methods);
        if (own && mention.name().startsWith(SELF)) {
          fields.add(first(mention.name().substring(SELF.length())));
        }
      }
    }
    return fields;
  }

  private static boolean isOne(LuaOutline.Function function, Set<String> methods) {
    return function.path().contains(":") && methods.contains(function.name());
  }

  private static ModuleText of(
      Path file, LegacyLua.Read own, List<LegacyLua.Read> closure, List<LegacyLua.Read> all) {
    Set<String> names = new HashSet<>();
    Set<String> mentioned = new TreeSet<>();
    Set<String> ctxPaths = new TreeSet<>();
    Set<String> ctxKeys = new TreeSet<>();
    Set<String> methods = new TreeSet<>();
    Set<String> api = new TreeSet<>();
    for (LegacyLua.Read read : closure) {
      for (LuaOutline.Mention mention : read.outline().mentions()) {
        String name = mention.name();
        int colon = name.lastIndexOf(':');
        if (colon >= 0) {
          methods.add(name.substring(colon + 1));
        }
        for (String part : name.split("[.:]")) {
          names.add(normal(part));
        }
        if (name.startsWith(VAR)) {
          mentioned.add(first(name.substring(VAR.length())));
        } else if (name.startsWith(CTX)) {
          String path = name.substring(CTX.length()).split(":")[0];
          ctxKeys.add(first(path));
          ctxPaths.add(path);
        }
        LegacyLua.entry(name).ifPresent(entry -> api.add(entry.name()));
      }
      read.outline().strings().forEach(text -> names.add(normal(text)));
    }
    Set<String> recorded = new TreeSet<>(ALWAYS);
    recorded.addAll(mentioned);
    List<String> state =
        own.outline().state().stream()
            .map(kept -> kept.global() ? kept.name() + " (a global)" : kept.name())
            .toList();
    List<String> lines = new String(own.chunk().source(), ISO_8859_1).lines().toList();
    return new ModuleText(
        file,
        lines,
        names,
        recorded,
        mentioned,
        ctxPaths,
        ctxKeys,
        methods,
        objectFields(all, methods),
        api,
        state);
  }

  /** The fields and methods of tables in {@code ngx.ctx} that are mentioned, or read by methods. */
  public Set<String> members() {
    Set<String> members = new TreeSet<>(methods);
    members.addAll(objectFields);
    for (String path : ctxPaths) {
      members.addAll(List.of(path.split("\\.")).subList(1, path.split("\\.").length));
    }
    return members;
  }

  /** Whether the text names this anywhere. */
  boolean mentions(String name) {
    return names.contains(normal(name));
  }

  /** Whether the module may read a request header: it names it, or asks for all of them. */
  boolean readsHeader(String name) {
    return mentions(name) || mentions("http_" + name) || readsAllHeaders();
  }

  private boolean readsAllHeaders() {
    return api.contains("ngx.req.raw_header") || api.contains("ngx.req.get_headers");
  }

  /** Whether the module may read a cookie. */
  boolean readsCookie(String name) {
    return mentions("cookie_" + name)
        || mentions("http_cookie")
        || mentions("cookie")
        || readsAllHeaders();
  }

  /** Whether the module may read the arguments of the request. */
  boolean readsArguments() {
    return mentions("get_uri_args")
        || mentions("args")
        || mentions("query_string")
        || mentions("request_uri")
        || names.stream().anyMatch(name -> name.startsWith("arg_"));
  }

  private static String first(String path) {
    int dot = path.indexOf('.');
    int colon = path.indexOf(':');
    int end = dot < 0 ? colon : colon < 0 ? dot : Math.min(dot, colon);
    return end < 0 ? path : path.substring(0, end);
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
