package dev.banyan.lua;

import dev.banyan.lua.LuaOutline.DynamicRequire;
import dev.banyan.lua.LuaOutline.Function;
import dev.banyan.lua.LuaOutline.Mention;
import dev.banyan.lua.LuaOutline.Shape;
import dev.banyan.lua.LuaOutline.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Owned by one call: reads the outline of a chunk from its words, in one pass. */
final class OutlineReader {
  /** Functions that change the table that is their first argument. */
  private static final Set<String> CHANGERS =
      Set.of("table.insert", "table.remove", "table.sort", "rawset", "setmetatable");

  /** What a table without a name is called that is written out behind {@code return}. */
  private static final String RETURNED = "_M";

  private final List<LuaWord> words;
  private final List<Function> functions = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();
  private final List<DynamicRequire> dynamic = new ArrayList<>();
  private final Map<String, State> state = new LinkedHashMap<>();
  private final Set<String> strings = new TreeSet<>();
  private final OutlineScopes scopes = new OutlineScopes();
  private Set<String> loopNames = Set.of();
  private Shape shape = Shape.NONE;
  private String table = "";
  private int at;

  private OutlineReader(List<LuaWord> words) {
    this.words = words;
  }

  static LuaOutline read(byte[] source) {
    OutlineReader reader = new OutlineReader(LuaWord.of(source));
    while (reader.at < reader.words.size()) {
      reader.step();
    }
    int lines = 0;
    for (byte octet : source) {
      lines += octet == '\n' ? 1 : 0;
    }
    boolean open = source.length > 0 && source[source.length - 1] != '\n';
    return reader.outline(lines + (open ? 1 : 0));
  }

  private LuaOutline outline(int lines) {
    Shape found = shape;
    if (found == Shape.TABLE && isWritten("__call")) {
      found = Shape.CALLABLE;
    } else if (found == Shape.TABLE && functions.stream().noneMatch(this::inReturnedTable)) {
      found = Shape.DATA;
    }
    return new LuaOutline(
        functions,
        mentions,
        dynamic,
        List.copyOf(state.values()),
        strings,
        found,
        table,
        lines,
        (int) words.stream().mapToInt(LuaWord::line).distinct().count());
  }

  private boolean inReturnedTable(Function function) {
    return function.path().startsWith(table + ".") || function.path().startsWith(table + ":");
  }

  private boolean isWritten(String name) {
    return strings.contains(name)
        || words.stream().anyMatch(word -> word.is(Token.NAME) && word.text().equals(name));
  }

  private void step() {
    LuaWord word = words.get(at);
    switch (word.token()) {
      case STRING -> {
        strings.add(word.text());
        at++;
      }
      case FUNCTION -> function();
      case LOCAL -> local();
      case FOR -> loop();
      case DO -> open(scopes.function(), false, loopNames);
      case IF, REPEAT -> open(scopes.function(), false, Set.of());
      case END, UNTIL -> close(word.line());
      case RETURN -> result();
      case NAME -> name();
      case CHAR -> symbol(word);
      default -> at++;
    }
  }

  private void symbol(LuaWord word) {
    if (word.is("{")) {
      boolean assigned = is(at - 1, "=") && is(at - 2, Token.NAME);
      boolean returned = scopes.atTop() && is(at - 1, Token.RETURN);
      scopes.openTable(returned ? RETURNED : assigned ? words.get(at - 2).text() : "");
    } else if (word.is("}")) {
      scopes.closeTable();
    }
    at++;
  }

  // ---- blocks

  private void open(int function, boolean opens, Set<String> locals) {
    scopes.open(function, opens, locals);
    loopNames = Set.of();
    at++;
  }

  private void close(int line) {
    at++;
    OutlineScopes.Block block = scopes.close();
    if (block != null && block.opens()) { // The compiler reports one that isn't there.
      Function f = functions.get(block.function());
      functions.set(
          block.function(), new Function(f.path(), f.line(), line, f.local(), f.vararg()));
    }
  }

  private void loop() {
    Set<String> names = new HashSet<>();
    at++;
    while (is(at, Token.NAME) || is(at, ",")) {
      names.add(words.get(at++).text());
    }
    loopNames = names;
  }

  private void function() {
    int line = words.get(at).line();
    boolean local = at > 0 && is(at - 1, Token.LOCAL);
    String path = is(at + 1, Token.NAME) ? declaredPath() : assignedPath();
    while (at + 1 < words.size() && !is(at + 1, "(")) {
      at++;
    }
    at++;
    Set<String> parameters = new HashSet<>();
    boolean vararg = false;
    while (at + 1 < words.size() && !is(at + 1, ")")) {
      at++;
      vararg |= is(at, Token.DOTS);
      parameters.add(words.get(at).text());
    }
    at++;
    if (path.indexOf(':') >= 0) {
      parameters.add("self");
    }
    scopes.forget(parameters);
    if (local) {
      scopes.declare(path);
    }
    boolean named = !path.isEmpty();
    if (named) {
      functions.add(new Function(path, line, line, local, vararg));
    }
    open(named ? functions.size() - 1 : scopes.function(), named, parameters);
  }

  private String declaredPath() {
    StringBuilder path = new StringBuilder();
    for (int i = at + 1; i < words.size() && !is(i, "("); i++) {
      path.append(words.get(i).text());
    }
    return path.toString();
  }

  /** The path of {@code a.b = function}, {@code local x = function}, or a table's field. */
  private String assignedPath() {
    if (at < 2 || !is(at - 1, "=") || !is(at - 2, Token.NAME)) {
      return "";
    }
    int from = at - 2;
    while (from >= 2 && is(from - 1, ".") && is(from - 2, Token.NAME)) {
      from -= 2;
    }
    StringBuilder path = new StringBuilder();
    if (!scopes.table().isEmpty()) {
      path.append(scopes.table()).append('.');
    }
    for (int i = from; i < at - 1; i++) {
      path.append(words.get(i).text());
    }
    return path.toString();
  }

  // ---- names

  private void local() {
    at++;
    if (!is(at, Token.NAME)) {
      return; // local function: the next step.
    }
    List<String> names = new ArrayList<>();
    names.add(words.get(at++).text());
    while (is(at, ",") && is(at + 1, Token.NAME)) {
      names.add(words.get(at + 1).text());
      at += 2;
    }
    Map<String, String> fresh = new HashMap<>();
    if (is(at, "=")) {
      int index = 0;
      do {
        at++;
        String value = is(at, Token.NAME) ? chain(true) : "";
        boolean whole = is(at, ",") || !continues();
        if (index < names.size() && !value.isEmpty() && whole) {
          fresh.put(names.get(index), value);
        }
        index++;
      } while (is(at, ","));
    }
    names.forEach(scopes::declare);
    scopes.alias(fresh);
  }

  /** Whether an expression goes on after a chain of names. */
  private boolean continues() {
    if (at >= words.size()) {
      return false;
    }
    LuaWord next = words.get(at);
    return switch (next.token()) {
      case AND, OR, CONCAT, EQ, NE, LE, GE, STRING -> true;
      case CHAR -> !next.is(";") && !next.is(")") && !next.is("}");
      default -> false;
    };
  }

  private void name() {
    if (at > 0 && (is(at - 1, ".") || is(at - 1, ":"))) {
      mentions.add(
          new Mention(
              scopes.function(), "?." + words.get(at).text(), words.get(at).line(), false, false));
      at++;
    } else if (scopes.inTable() && is(at + 1, "=")) {
      at++; // A field of a table that is written out.
    } else {
      chain(false);
    }
  }

  /** Reads a chain of names and notes it; what its value stands for. */
  private String chain(boolean declaring) {
    LuaWord first = words.get(at);
    if (first.text().equals("require")) {
      return require(first.line(), declaring);
    }
    if (first.text().equals("module") && is(at + 1, "(") && scopes.atTop()) {
      shape = Shape.MODULE_CALL;
    }
    at++;
    StringBuilder name = new StringBuilder(scopes.meaning(first.text()));
    while (member(name)) {
      // Every member is part of the chain.
    }
    String full = name.toString();
    boolean written = !declaring && assigned(at);
    mentions.add(new Mention(scopes.function(), full, first.line(), written, false));
    if (written) {
      keep(first, full);
    } else if (CHANGERS.contains(full) && is(at, "(") && is(at + 1, Token.NAME)) {
      keep(words.get(at + 1), words.get(at + 1).text());
    }
    return is(at, "(") || is(at, "{") || is(at, Token.STRING) ? "" : full;
  }

  /** Notes what a function changes though it isn't its own. */
  private void keep(LuaWord first, String full) {
    if (scopes.function() == LuaOutline.MAIN
        || scopes.inFunction(first.text())
        || full.startsWith("ngx.")) {
      return;
    }
    state.putIfAbsent(full, new State(full, first.line(), scopes.isGlobal(first.text())));
  }

  private boolean member(StringBuilder name) {
    boolean dotted = (is(at, ".") || is(at, ":")) && is(at + 1, Token.NAME);
    boolean bracketed = is(at, "[") && is(at + 1, Token.STRING) && is(at + 2, "]");
    if (!dotted && !bracketed) {
      return false;
    }
    boolean module = name.charAt(name.length() - 1) == ':';
    name.append(module ? "" : dotted ? words.get(at).text() : ".").append(words.get(at + 1).text());
    at += dotted ? 2 : 3;
    return true;
  }

  /** Whether what follows is {@code =}, maybe after {@code [index]} and more members. */
  private boolean assigned(int from) {
    int i = from;
    while (i < words.size()) {
      if (is(i, "[")) {
        int depth = 0;
        do {
          depth += is(i, "[") ? 1 : is(i, "]") ? -1 : 0;
          i++;
        } while (i < words.size() && depth > 0);
      } else if ((is(i, ".") || (is(i, ",") && !scopes.inTable())) && is(i + 1, Token.NAME)) {
        i += 2;
      } else {
        return is(i, "=");
      }
    }
    return false;
  }

  private String require(int line, boolean declaring) {
    boolean statement = at == 0 || ends(words.get(at - 1));
    at++;
    boolean parenthesis = is(at, "(");
    at += parenthesis ? 1 : 0;
    if (!parenthesis && !is(at, Token.STRING)) {
      return ""; // The function itself: pcall(require, name).
    }
    boolean literal = is(at, Token.STRING) && !is(at + 1, Token.CONCAT);
    if (!literal) {
      dynamic.add(new DynamicRequire(line, is(at, Token.STRING) ? words.get(at).text() : ""));
      return "";
    }
    StringBuilder name = new StringBuilder(words.get(at++).text()).append(':');
    at += parenthesis && is(at, ")") ? 1 : 0;
    while (member(name)) {
      // Every member is part of the chain.
    }
    boolean whole = name.charAt(name.length() - 1) == ':';
    boolean called = is(at, "(") || is(at, "{") || is(at, Token.STRING) || is(at, "[");
    if (!whole || !declaring) {
      boolean bare = whole && statement && !called;
      mentions.add(new Mention(scopes.function(), name.toString(), line, false, bare));
    }
    return is(at, "(") || is(at, "{") || is(at, Token.STRING) ? "" : name.toString();
  }

  /** Whether a statement may end with this word, so that the next begins another. */
  private static boolean ends(LuaWord word) {
    return switch (word.token()) {
      case NAME, STRING, NUMBER, NIL, TRUE, FALSE, DOTS, END, DO, THEN, ELSE, REPEAT -> true;
      case CHAR -> word.is(";") || word.is(")") || word.is("}") || word.is("]");
      default -> false;
    };
  }

  // ---- what the chunk gives

  private void result() {
    at++;
    if (!scopes.atTop() || shape == Shape.MODULE_CALL) {
      return;
    }
    boolean name = is(at, Token.NAME);
    String text = name ? words.get(at).text() : "";
    if (name && (at + 1 == words.size() || is(at + 1, ";"))) {
      table = text;
      shape = ofName(text);
    } else if (is(at, Token.FUNCTION)) {
      shape = Shape.FUNCTION;
    } else if (is(at, "{")) {
      table = RETURNED;
      shape = Shape.TABLE;
    } else if (text.equals("setmetatable") && is(at + 1, "(") && is(at + 2, Token.NAME)) {
      table = words.get(at + 2).text();
      shape = Shape.TABLE;
    } else if (at < words.size()) {
      shape = Shape.OTHER;
    }
  }

  private Shape ofName(String name) {
    boolean function = functions.stream().anyMatch(f -> f.path().equals(name));
    return function ? Shape.FUNCTION : Shape.TABLE;
  }

  private boolean is(int index, Token token) {
    return index >= 0 && index < words.size() && words.get(index).is(token);
  }

  private boolean is(int index, String symbol) {
    return index >= 0 && index < words.size() && words.get(index).is(symbol);
  }
}
