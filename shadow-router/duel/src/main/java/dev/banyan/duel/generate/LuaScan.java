package dev.banyan.duel.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Owned by one reading: finds the texts of a Lua chunk, and the fields, cookies and arguments that
 * it reads by {@code ngx.var}. Not a parser: what is no Lua gives no texts.
 */
final class LuaScan {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)--\\[(=*)\\[.*?\\]\\1\\]|--[^\\n]*"
              + "|\\[(=*)\\[\\n?(.*?)\\]\\2\\]"
              + "|\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)'"
              + "|([({])|([)}])|\\b(http|cookie|arg)_([a-z0-9_]+)|\\n");

  private final String file;
  private final List<Literal> literals = new ArrayList<>();
  private final Set<String> headers = new TreeSet<>();
  private final Set<String> cookies = new TreeSet<>();
  private final Set<String> arguments = new TreeSet<>();

  private LuaScan(String file) {
    this.file = file;
  }

  private record Text(String text, int line) {}

  /** Scans a chunk; {@code line} is the number of its first line. */
  static LuaScan of(String file, int line, String code) {
    LuaScan scan = new LuaScan(file);
    scan.read(line, code);
    return scan;
  }

  List<Literal> literals() {
    return literals;
  }

  Set<String> headers() {
    return headers;
  }

  Set<String> cookies() {
    return cookies;
  }

  Set<String> arguments() {
    return arguments;
  }

  private void read(int first, String code) {
    Deque<List<Text>> groups = new ArrayDeque<>();
    groups.push(new ArrayList<>());
    Matcher token = TOKEN.matcher(code);
    int line = first;
    while (token.find()) {
      String text = text(token);
      if (text != null) {
        groups.element().add(new Text(text, line));
      } else if (token.group(6) != null) {
        groups.push(new ArrayList<>());
      } else if (token.group(7) != null && groups.size() > 1) {
        close(groups.pop());
      } else if (token.group(8) != null) {
        variable(token.group(8), token.group(9));
      }
      line += (int) token.group().chars().filter(c -> c == '\n').count();
    }
    groups.forEach(this::close);
  }

  private static @org.jspecify.annotations.Nullable String text(Matcher token) {
    if (token.group(3) != null) {
      return token.group(3);
    }
    String quoted = token.group(4) != null ? token.group(4) : token.group(5);
    return quoted == null ? null : unescaped(quoted);
  }

  private static String unescaped(String quoted) {
    return quoted
        .replace("\\\\", "\u0001")
        .replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\t", "\t")
        .replaceAll("\\\\(.)", "$1")
        .replace('\u0001', '\\');
  }

  private void close(List<Text> group) {
    for (Text text : group) {
      List<String> siblings =
          group.stream().filter(other -> !other.equals(text)).map(Text::text).toList();
      literals.add(new Literal(text.text(), siblings, file + ":" + text.line()));
    }
  }

  private void variable(String kind, String name) {
    switch (kind) {
      case "http" -> headers.add(name.replace('_', '-'));
      case "cookie" -> cookies.add(name);
      default -> arguments.add(name);
    }
  }
}
