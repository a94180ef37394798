package dev.banyan.lua;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;

/** Reads the numerals that LuaJIT's {@code tonumber} and lexer accept. */
final class NumberScanner {
  /** Every whole number of so many digits is a double. */
  private static final int MOST_EXACT_DIGITS = 15;

  private final byte[] bytes;
  private final int end;
  private int at;

  private NumberScanner(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The number spelled by the bytes from {@code start} to {@code end}, or null. */
  static @Nullable LuaNumber scan(byte[] bytes, int start, int end) {
    return new NumberScanner(bytes, start, end).number();
  }

  private @Nullable LuaNumber number() {
    boolean negative = false;
    if (peek() == '-' || peek() == '+') {
      negative = peek() == '-';
      at++;
    }
    Double magnitude = magnitude();
    if (magnitude == null) {
      return null;
    }
    return LuaNumbers.of(negative ? -magnitude : magnitude);
  }

  private @Nullable Double magnitude() {
    if (matches("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (matches("infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    if (matches("nan")) {
      return Double.NaN;
    }
    if (peek() == '0' && at + 1 < end && (bytes[at + 1] | 32) == 'x') {
      at += 2;
      return hexadecimal();
    }
    if (peek() == '0' && at + 1 < end && (bytes[at + 1] | 32) == 'b') {
      at += 2;
      return binary();
    }
    return decimal();
  }

  private boolean matches(String word) {
    if (end - at != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[at + i] | 32) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Double binary() {
    double value = 0;
    int digits = 0;
    for (; peek() == '0' || peek() == '1'; at++, digits++) {
      value = value * 2 + (peek() - '0');
    }
    return digits > 0 && at == end ? value : null;
  }

  private @Nullable Double decimal() {
    int start = at;
    int digits = skipDigits();
    if (peek() == '.') {
      at++;
      digits += skipDigits();
    }
    if (digits == 0) {
      return null;
    }
    if ((peek() | 32) == 'e') {
      at++;
      skipSign();
      if (skipDigits() == 0) {
        return null;
      }
    }
    if (at != end) {
      return null;
    }
    if (digits == end - start && digits <= MOST_EXACT_DIGITS) {
      return (double) whole(start);
    }
    String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    return Double.parseDouble(text);
  }

  private long whole(int start) {
    long value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }

  private @Nullable Double hexadecimal() {
    StringBuilder text = new StringBuilder("0x");
    int digits = hexDigits(text);
    if (peek() == '.') {
      text.append('.');
      at++;
      digits += hexDigits(text);
    }
    if (digits == 0) {
      return null;
    }
    text.append('p');
    if ((peek() | 32) == 'p') {
      at++;
      int from = at;
      skipSign();
      if (skipDigits() == 0) {
        return null;
      }
      text.append(new String(bytes, from, at - from, StandardCharsets.ISO_8859_1));
    } else {
      text.append('0');
    }
    return at == end ? Double.valueOf(text.toString()) : null;
  }

  private int hexDigits(StringBuilder text) {
    int count = 0;
    while (at < end && Character.digit(bytes[at], 16) >= 0) {
      text.append((char) bytes[at++]);
      count++;
    }
    return count;
  }

  private int skipDigits() {
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - from;
  }

  private void skipSign() {
    if (peek() == '-' || peek() == '+') {
      at++;
    }
  }

  private int peek() {
    return at < end ? bytes[at] : -1;
  }
}
