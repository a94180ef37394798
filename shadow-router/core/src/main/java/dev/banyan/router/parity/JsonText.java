package dev.banyan.router.parity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the comparison: reads JSON as RFC 8259 has it, to compare by structure. Numbers keep
 * their digits. Text that says a key twice isn't taken as JSON: readers disagree on what it says.
 */
final class JsonText {
  /** How deep values are read; deeper text is not taken as JSON. */
  static final int MAX_DEPTH = 64;

  private static final int MAX_NUMBER = 64;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
  private static final int HEX = 16;
  private static final int UNICODE_DIGITS = 4;

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /** What a text says. */
  record Parsed(@Nullable Object value) {}

  /** A text that isn't JSON. */
  private static final class NoJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoJson() {
      super("no JSON", null, false, false);
    }
  }

  /** What the text says, or null when it is no JSON. */
  static @Nullable Parsed parse(String text) {
    JsonText json = new JsonText(text);
    try {
      Object value = json.value(0);
      json.space();
      return json.at == text.length() ? new Parsed(value) : null;
    } catch (NoJson e) {
      return null; // then it is compared as text
    }
  }

  private @Nullable Object value(int depth) {
    space();
    if (depth > MAX_DEPTH) {
      throw new NoJson();
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> map = new TreeMap<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return map;
    }
    while (true) {
      space();
      String key = string();
      space();
      take(':');
      if (map.containsKey(key)) {
        throw new NoJson();
      }
      map.put(key, value(depth + 1));
      space();
      if (peek() == '}') {
        at++;
        return map;
      }
      take(',');
    }
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    space();
    if (peek() == ']') {
      at++;
      return list;
    }
    while (true) {
      list.add(value(depth + 1));
      space();
      if (peek() == ']') {
        at++;
        return list;
      }
      take(',');
    }
  }

  private String string() {
    take('"');
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        throw new NoJson();
      }
      string.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw new NoJson();
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < UNICODE_DIGITS; i++) {
      int digit = Character.digit(next(), HEX);
      if (digit < 0) {
        throw new NoJson();
      }
      code = code * HEX + digit;
    }
    return (char) code;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw new NoJson();
    }
    at += word.length();
    return value;
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    try {
      if (digits.length() > MAX_NUMBER || !NUMBER.matcher(digits).matches()) {
        throw new NoJson();
      }
      return new BigDecimal(digits).stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw new NoJson();
    }
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void take(char expected) {
    if (next() != expected) {
      throw new NoJson();
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new NoJson();
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }
}
