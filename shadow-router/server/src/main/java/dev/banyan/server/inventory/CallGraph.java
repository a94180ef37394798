package dev.banyan.server.inventory;

import dev.banyan.lua.LuaOutline;
import dev.banyan.lua.LuaOutline.Function;
import dev.banyan.lua.LuaOutline.Mention;
import dev.banyan.server.check.LegacyLua;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Owned by one inventory: from which handlers each function can be reached. A function that is
 * mentioned counts as called; one that a module mentions while it is loaded, as called by all of
 * that module. So it reaches rather too much than too little.
 */
final class CallGraph {
  private static final Set<String> LIBRARIES =
      Set.of("ngx", "ndk", "string", "table", "math", "os", "io", "debug", "coroutine", "jit");

  private final Map<Path, LegacyLua.Read> reads;
  private final Map<String, Path> modules;
  private final Map<Node, Set<String>> phases = new HashMap<>();
  private final Map<Path, Set<LegacyLua.Handler>> reached = new HashMap<>();
  private final Deque<Visit> waiting = new ArrayDeque<>();
  private final Set<Visit> seen = new HashSet<>();

  private record Node(Path file, int function) {}

  private record Visit(Node node, LegacyLua.Handler handler) {}

  CallGraph(Map<Path, LegacyLua.Read> reads, Map<String, Path> modules) {
    this.reads = reads;
    this.modules = modules;
  }

  /** Follows a handler. */
  void follow(LegacyLua.Handler handler) {
    if (handler.inline() != null) {
      for (Mention mention : handler.inline().outline().mentions()) {
        mentioned(handler.file(), handler.inline(), mention, handler);
      }
    } else if (handler.code() != null) {
      visit(new Node(handler.code(), LuaOutline.MAIN), handler);
    }
    while (!waiting.isEmpty()) {
      Visit visit = waiting.removeFirst();
      body(visit.node(), visit.handler());
    }
  }

  /** The directives from which a function can be reached. */
  Set<String> phases(Path file, int function) {
    return phases.getOrDefault(new Node(file, function), Set.of());
  }

  /** The directives from which any function of a file can be reached. */
  Set<String> phases(Path file) {
    Set<String> all = new TreeSet<>();
    reached.getOrDefault(file, Set.of()).forEach(handler -> all.add(handler.directive()));
    return all;
  }

  /** How many handlers reach a file. */
  int handlers(Path file) {
    return reached.getOrDefault(file, Set.of()).size();
  }

  private void visit(Node node, LegacyLua.Handler handler) {
    Visit visit = new Visit(node, handler);
    if (seen.add(visit)) {
      phases.computeIfAbsent(node, _ -> new TreeSet<>()).add(handler.directive());
      reached.computeIfAbsent(node.file(), _ -> new HashSet<>()).add(handler);
      waiting.add(visit);
    }
  }

  private void body(Node node, LegacyLua.Handler handler) {
    LegacyLua.Read read = reads.get(node.file());
    if (read == null) {
      return;
    }
    for (Mention mention : read.outline().mentions()) {
      boolean loading = mention.function() == LuaOutline.MAIN;
      if (mention.function() == node.function()) {
        mentioned(node.file(), read, mention, handler);
      } else if (loading) {
        own(node.file(), read.outline(), mention.name(), handler);
      }
    }
  }

  private void mentioned(
      Path file, LegacyLua.Read read, Mention mention, LegacyLua.Handler handler) {
    String name = mention.name();
    int colon = name.indexOf(':');
    Path module = colon < 0 ? null : modules.get(name.substring(0, colon));
    if (module != null) {
      exported(module, first(name.substring(colon + 1)), handler);
    } else if (!own(file, read.outline(), name, handler) && isOfObject(name)) {
      methods(file, read, last(name), handler);
    }
  }

  /** Whether a chain may name a method of an object; those in {@code ngx.ctx} may. */
  private static boolean isOfObject(String name) {
    boolean member = name.indexOf('.') > 0 || name.indexOf(':') > 0;
    boolean library = LIBRARIES.contains(first(name));
    return member && (!library || name.matches("ngx\\.ctx[.:]\\w+[.:].*"));
  }

  private void exported(Path file, String name, LegacyLua.Handler handler) {
    LegacyLua.Read read = reads.get(file);
    if (read == null) {
      return;
    }
    List<Function> functions = read.outline().functions();
    for (int i = 0; i < functions.size(); i++) {
      Function function = functions.get(i);
      if (read.outline().isExported(function) && function.name().equals(name)) {
        visit(new Node(file, i), handler);
      }
    }
  }

  /** Visits a function of the same file, or all of a table of functions. */
  private boolean own(Path file, LuaOutline outline, String name, LegacyLua.Handler handler) {
    boolean found = false;
    String dotted = name.replace(':', '.');
    List<Function> functions = outline.functions();
    for (int i = 0; i < functions.size(); i++) {
      String path = functions.get(i).path().replace(':', '.');
      boolean ofTable = path.startsWith(dotted + ".") && !dotted.equals(outline.table());
      if (path.equals(dotted) || ofTable) {
        visit(new Node(file, i), handler);
        found = true;
      }
    }
    return found;
  }

  /** Visits the methods of that name of objects that the file or what it requires may make. */
  private void methods(Path file, LegacyLua.Read read, String name, LegacyLua.Handler handler) {
    methods(file, read.outline(), name, handler);
    for (Map.Entry<Path, LegacyLua.Read> other : reads.entrySet()) {
      if (!other.getKey().equals(file)) {
        methods(other.getKey(), other.getValue().outline(), name, handler);
      }
    }
  }

  private void methods(Path file, LuaOutline outline, String name, LegacyLua.Handler handler) {
    List<Function> functions = outline.functions();
    for (int i = 0; i < functions.size(); i++) {
      Function function = functions.get(i);
      boolean method = function.path().length() > function.name().length();
      if (method && !outline.isExported(function) && function.name().equals(name)) {
        visit(new Node(file, i), handler);
      }
    }
  }

  private static String first(String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '.' && rest.charAt(end) != ':') {
      end++;
    }
    return rest.substring(0, end);
  }

  private static String last(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
  }
}
