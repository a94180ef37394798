package dev.banyan.lua.ngx.json;

import java.nio.charset.StandardCharsets;

/** A number at the start of a text, as C's strtod reads it: its value and where it ends. */
record NumberText(double value, int end) {
  /**
   * Whether a number starts in a way that JSON forbids: a plus, a leading zero, hex, inf or nan.
   */
  static boolean isNotJson(byte[] bytes, int from, int end) {
    int at = from;
    int c = octet(bytes, at, end);
    if (c == '+') {
      return true;
    }
    if (c == '-') {
      c = octet(bytes, ++at, end);
    }
    if (c == '0') {
      int next = octet(bytes, at + 1, end);
      return next == 'x' || next == 'X' || isDigit(next);
    }
    return !isDigit(c) && (word(bytes, at, end, "inf") || word(bytes, at, end, "nan"));
  }

  /** Whether a byte cannot continue a decimal integer as another kind of number. */
  static boolean endsNumber(byte c) {
    return !isDigit(c) && c != '.' && c != 'e' && c != 'E' && c != 'x' && c != 'X';
  }

  static NumberText scan(byte[] bytes, int from, int end) {
    int at = from;
    int sign = octet(bytes, at, end);
    boolean negative = sign == '-';
    if (negative || sign == '+') {
      at++;
    }
    NumberText absolute = scanAbsolute(bytes, at, end);
    return absolute.end == at
        ? new NumberText(0, from)
        : new NumberText(negative ? -absolute.value : absolute.value, absolute.end);
  }

  private static NumberText scanAbsolute(byte[] bytes, int at, int end) {
    if (word(bytes, at, end, "infinity")) {
      return new NumberText(Double.POSITIVE_INFINITY, at + 8);
    }
    if (word(bytes, at, end, "inf")) {
      return new NumberText(Double.POSITIVE_INFINITY, at + 3);
    }
    if (word(bytes, at, end, "nan")) {
      return new NumberText(Double.NaN, at + 3);
    }
    int first = octet(bytes, at + 2, end) == '.' ? at + 3 : at + 2;
    boolean hex = word(bytes, at, end, "0x") && Character.digit(octet(bytes, first, end), 16) >= 0;
    return hex ? scanDigits(bytes, at, at + 2, end, 16) : scanDigits(bytes, at, at, end, 10);
  }

  private static NumberText scanDigits(byte[] bytes, int start, int digits, int end, int radix) {
    int at = skipDigits(bytes, digits, end, radix);
    int count = at - digits;
    if (octet(bytes, at, end) == '.') {
      int fraction = skipDigits(bytes, at + 1, end, radix);
      if (count + fraction - at - 1 == 0) {
        return new NumberText(0, start);
      }
      at = fraction;
    } else if (count == 0) {
      return new NumberText(0, start);
    }
    int exponent = skipExponent(bytes, at, end, radix == 16 ? 'p' : 'e');
    String text = new String(bytes, start, exponent - start, StandardCharsets.ISO_8859_1);
    boolean bareHex = radix == 16 && exponent == at;
    return new NumberText(Double.parseDouble(bareHex ? text + "p0" : text), exponent);
  }

  private static int skipDigits(byte[] bytes, int from, int end, int radix) {
    int at = from;
    while (Character.digit(octet(bytes, at, end), radix) >= 0) {
      at++;
    }
    return at;
  }

  private static int skipExponent(byte[] bytes, int from, int end, char letter) {
    if ((octet(bytes, from, end) | 0x20) != letter) {
      return from;
    }
    int at = from + 1;
    int sign = octet(bytes, at, end);
    if (sign == '+' || sign == '-') {
      at++;
    }
    int last = skipDigits(bytes, at, end, 10);
    return last == at ? from : last;
  }

  private static boolean word(byte[] bytes, int from, int end, String word) {
    for (int i = 0; i < word.length(); i++) {
      int c = octet(bytes, from + i, end);
      int lower = c >= 'A' && c <= 'Z' ? c + 32 : c;
      if (lower != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static int octet(byte[] bytes, int at, int end) {
    return at < end ? bytes[at] : 0;
  }
}
