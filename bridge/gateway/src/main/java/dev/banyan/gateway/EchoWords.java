package dev.banyan.gateway;

import java.util.ArrayList;
import java.util.List;

/** How the echo module reads its arguments. */
final class EchoWords {
  private static final int DECIMALS = 3;

  private EchoWords() {}

  /** Digits, whatever underscores are among them; negative for anything else. */
  static long count(String text) {
    long value = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_') {
        if (c < '0' || c > '9') {
          return -1;
        }
        value = value * 10 + (c - '0');
      }
    }
    return value;
  }

  /** Seconds with three decimals at most, as milliseconds; -1 for anything else. */
  static long millis(String text) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String rest = point < 0 ? "" : text.substring(point + 1);
    if (text.isEmpty() || rest.length() > DECIMALS) {
      return -1;
    }
    String digits = whole + rest + "0".repeat(DECIMALS - rest.length());
    return Octets.decimal(digits);
  }

  /** What stands between delimiters, without what is empty. */
  static List<String> split(String text, String delimiter) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    int found = delimiter.isEmpty() ? -1 : text.indexOf(delimiter);
    while (found >= 0) {
      if (found > at) {
        parts.add(text.substring(at, found));
      }
      at = found + delimiter.length();
      found = text.indexOf(delimiter, at);
    }
    if (at < text.length()) {
      parts.add(text.substring(at));
    }
    return parts;
  }
}
