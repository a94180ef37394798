package dev.banyan.lua;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Owned by one call: reads which modules and which functions of the world around it a chunk uses,
 * from its text alone. Local names that stand for one are followed, whatever their scope; names
 * that are put together at run time are not seen.
 */
public final class LuaUses {
  private static final Set<String> ROOTS =
      Set.of("ngx", "ndk", "coroutine", "os", "io", "debug", "jit", "print", "loadfile", "dofile");

  /** What functions give whose results have methods. */
  private static final Map<String, String> OBJECTS =
      Map.of(
          "ngx.socket.tcp", "tcpsock:",
          "ngx.socket.stream", "tcpsock:",
          "ngx.socket.connect", "tcpsock:",
          "ngx.req.socket", "tcpsock:",
          "ngx.socket.udp", "udpsock:",
          "ngx.semaphore:new", "semaphore:");

  private final List<LuaWord> words;
  private final Map<String, String> aliases = new HashMap<>();
  private final List<LuaUse> uses = new ArrayList<>();
  private int at;

  private LuaUses(List<LuaWord> words) {
    this.words = words;
  }

  /** The uses in a chunk, in its order; of a broken chunk those before the break. */
  public static List<LuaUse> of(byte[] source) {
    LuaUses reader = new LuaUses(LuaWord.of(source));
    while (reader.at < reader.words.size()) {
      reader.step();
    }
    return List.copyOf(reader.uses);
  }

  private void step() {
    if (is(at, Token.LOCAL) && is(at + 1, Token.NAME)) {
      declaration();
    } else if (is(at, Token.NAME) && !isField(at)) {
      chain();
    } else {
      at++;
    }
  }

  /** {@code local a, b = X, Y}: a name that is set to a chain stands for it from now on. */
  private void declaration() {
    List<String> names = new ArrayList<>();
    at++;
    names.add(words.get(at++).text());
    while (is(at, ",") && is(at + 1, Token.NAME)) {
      names.add(words.get(at + 1).text());
      at += 2;
    }
    if (!is(at, "=")) {
      names.forEach(aliases::remove);
      return;
    }
    Map<String, String> fresh = new HashMap<>();
    int index = 0;
    do {
      at++;
      String value = is(at, Token.NAME) ? chain() : "";
      if (index < names.size() && !value.isEmpty()) {
        fresh.put(names.get(index), value);
      }
      index++;
    } while (is(at, ","));
    names.forEach(aliases::remove);
    aliases.putAll(fresh);
  }

  /** Reads a chain of names and notes it; what its value stands for, empty for nothing known. */
  private String chain() {
    int line = words.get(at).line();
    boolean guarded = is(at - 1, "(") && isName(at - 2, "pcall");
    String first = words.get(at).text();
    if (first.equals("require")) {
      return members(require(line), line);
    }
    if (first.equals("pcall") && is(at + 1, "(") && isName(at + 2, "require") && is(at + 3, ",")) {
      at += 4;
      boolean literal = is(at, Token.STRING) && !is(at + 1, Token.CONCAT);
      return literal ? module(line, true) : "";
    }
    at++;
    String alias = aliases.get(first);
    StringBuilder name = new StringBuilder(alias == null ? first : alias);
    boolean known = alias != null || ROOTS.contains(first);
    while (member(name)) {
      // Every member is part of the chain.
    }
    if (!known) {
      return "";
    }
    String full = name.toString();
    if (!full.endsWith(":")) {
      uses.add(new LuaUse(full, line, false, guarded));
    }
    boolean called = is(at, "(") || is(at, Token.STRING) || is(at, "{");
    return called ? OBJECTS.getOrDefault(full, "") : full;
  }

  /** Reads what is asked at once of a module, as in {@code require("ffi").C}. */
  private String members(String object, int line) {
    StringBuilder name = new StringBuilder(object);
    while (!object.isEmpty() && member(name)) {
      // Every member is part of the chain.
    }
    if (name.length() > object.length()) {
      uses.add(new LuaUse(name.toString(), line, false, false));
    }
    return name.toString();
  }

  /** Appends {@code .name}, {@code :name} or {@code ["name"]}; false when none follows. */
  private boolean member(StringBuilder name) {
    boolean dotted = (is(at, ".") || is(at, ":")) && is(at + 1, Token.NAME);
    boolean bracketed = is(at, "[") && is(at + 1, Token.STRING) && is(at + 2, "]");
    if (!dotted && !bracketed) {
      return false;
    }
    boolean object = name.charAt(name.length() - 1) == ':';
    name.append(object ? "" : ".").append(words.get(at + 1).text());
    at += dotted ? 2 : 3;
    return true;
  }

  private String require(int line) {
    at++;
    boolean parenthesis = is(at, "(");
    at += parenthesis ? 1 : 0;
    if (!is(at, Token.STRING) || is(at + 1, Token.CONCAT)) {
      return "";
    }
    String object = module(line, false);
    at += parenthesis && is(at, ")") ? 1 : 0;
    return object;
  }

  private String module(int line, boolean guarded) {
    String module = words.get(at++).text();
    uses.add(new LuaUse(module, line, true, guarded));
    return module + ":";
  }

  private boolean isField(int index) {
    return index > 0 && (is(index - 1, ".") || is(index - 1, ":"));
  }

  private boolean isName(int index, String text) {
    return is(index, Token.NAME) && words.get(index).text().equals(text);
  }

  private boolean is(int index, Token token) {
    return index >= 0 && index < words.size() && words.get(index).is(token);
  }

  private boolean is(int index, String symbol) {
    return index >= 0 && index < words.size() && words.get(index).is(symbol);
  }
}
