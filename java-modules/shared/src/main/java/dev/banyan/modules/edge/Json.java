package dev.banyan.modules.edge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Confined to one call: reads a JSON settings file into maps, lists, octet strings, doubles and
 * booleans. The files are the edge's own; a fault in one is an {@link IllegalArgumentException}.
 */
public final class Json {
  private static final int DEEPEST = 64;

  private final String text;

  /** The same name is the same object, which is found again without a look at its chars. */
  private final Map<String, String> names = new HashMap<>();

  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /** Reads a whole text of octets. */
  public static @Nullable Object read(String octets) {
    Json json = new Json(octets);
    Object value = json.value();
    json.blank();
    if (json.at != octets.length()) {
      throw json.fault("the end");
    }
    return value;
  }

  private @Nullable Object value() {
    blank();
    if (++depth > DEEPEST) {
      throw fault("fewer levels");
    }
    Object value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> string();
          case 't' -> word("true", true);
          case 'f' -> word("false", false);
          case 'n' -> word("null", null);
          default -> number();
        };
    depth--;
    return value;
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> map = new HashMap<>();
    at++;
    blank();
    while (peek() != '}') {
      String key = names.computeIfAbsent(string(), String::intern);
      blank();
      take(':');
      map.put(key, value());
      separator('}');
    }
    at++;
    return map;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    blank();
    while (peek() != ']') {
      list.add(value());
      separator(']');
    }
    at++;
    return list;
  }

  private void separator(char end) {
    blank();
    if (peek() != end) {
      take(',');
      blank();
      if (peek() == end) {
        throw fault("another value");
      }
    }
  }

  private String string() {
    take('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
      }
    }
    at++;
    return out.toString();
  }

  private void escape(StringBuilder out) {
    char c = peek();
    at++;
    switch (c) {
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> unicode(out);
      default -> out.append(c);
    }
  }

  private void unicode(StringBuilder out) {
    int unit = hex();
    int point = unit;
    if (Character.isHighSurrogate((char) unit) && text.startsWith("\\u", at)) {
      at += 2;
      point = Character.toCodePoint((char) unit, (char) hex());
    }
    byte[] octets =
        new String(Character.toChars(point)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (byte octet : octets) {
      out.append((char) (octet & 0xff));
    }
  }

  private int hex() {
    if (at + 4 > text.length()) {
      throw fault("four hexadecimal digits");
    }
    int unit = Integer.parseInt(text.substring(at, at + 4), 16);
    at += 4;
    return unit;
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw fault(word);
    }
    at += word.length();
    return meaning;
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (start == at) {
      throw fault("a value");
    }
    return Double.parseDouble(text.substring(start, at));
  }

  private void blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw fault("more");
    }
    return text.charAt(at);
  }

  private void take(char c) {
    if (peek() != c) {
      throw fault("'" + c + "'");
    }
    at++;
  }

  private IllegalArgumentException fault(String expected) {
    return new IllegalArgumentException("JSON: expected " + expected + " at " + at);
  }
}
