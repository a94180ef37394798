package dev.banyan.lua.lib;

import dev.banyan.lua.LuaErrors;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/**
 * One conversion of a format string.
 *
 * @param flags the flag characters
 * @param width the least width
 * @param precision the precision, or -1
 * @param conversion the letter that ends it
 * @param text all of it, the percent sign included
 * @param end the index after it
 */
record FormatSpec(String flags, int width, int precision, char conversion, String text, int end) {
  private static final String FLAGS = "-+ #0";

  static FormatSpec parse(LuaString template, int start) {
    int at = start;
    StringBuilder flags = new StringBuilder();
    while (FLAGS.indexOf(peek(template, at)) >= 0 && at < template.m_length) {
      flags.append(peek(template, at++));
    }
    int from = at;
    int width = 0;
    while (isDigit(peek(template, at)) && at - from < 2) {
      width = width * 10 + peek(template, at++) - '0';
    }
    int precision = -1;
    if (peek(template, at) == '.') {
      from = ++at;
      precision = 0;
      while (isDigit(peek(template, at)) && at - from < 2) {
        precision = precision * 10 + peek(template, at++) - '0';
      }
    }
    char conversion = peek(template, at);
    int end = Math.min(at + 1, template.m_length);
    StringBuilder text = new StringBuilder("%");
    for (int i = start; i < end; i++) {
      text.append((char) template.luaByte(i));
    }
    FormatSpec spec =
        new FormatSpec(flags.toString(), width, precision, conversion, text.toString(), end);
    if (isDigit(conversion) || at >= template.m_length) {
      throw spec.invalid();
    }
    return spec;
  }

  private static char peek(LuaString template, int at) {
    return at < template.m_length ? (char) template.luaByte(at) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  LuaError invalid() {
    return LuaErrors.raise("invalid option '" + text + "' to 'format'");
  }

  boolean has(char flag) {
    return flags.indexOf(flag) >= 0;
  }

  boolean plain() {
    return width == 0 && precision < 0;
  }

  String pad(String body) {
    if (body.length() >= width) {
      return body;
    }
    String spaces = " ".repeat(width - body.length());
    return has('-') ? body + spaces : spaces + body;
  }

  /** Pads a number, with zeros after its sign and prefix when asked for. */
  String padNumber(String sign, String digits, boolean zeros) {
    int missing = width - sign.length() - digits.length();
    if (missing <= 0) {
      return sign + digits;
    }
    if (has('-')) {
      return sign + digits + " ".repeat(missing);
    }
    return zeros && has('0')
        ? sign + "0".repeat(missing) + digits
        : " ".repeat(missing) + sign + digits;
  }

  String sign(boolean negative) {
    if (negative) {
      return "-";
    }
    if (has('+')) {
      return "+";
    }
    return has(' ') ? " " : "";
  }

  String signed(long value) {
    String digits =
        value == Long.MIN_VALUE ? "9223372036854775808" : Long.toString(Math.abs(value));
    return padNumber(sign(value < 0), minimum(digits), precision < 0);
  }

  String unsigned(long value, int radix) {
    String digits = Long.toUnsignedString(value, radix);
    String prefix = "";
    if (has('#') && value != 0 && radix == 16) {
      prefix = conversion == 'X' ? "0X" : "0x";
    } else if (has('#') && radix == 8 && !digits.startsWith("0")) {
      digits = "0" + digits;
    }
    if (conversion == 'X') {
      digits = digits.toUpperCase(java.util.Locale.ROOT);
    }
    return padNumber(prefix, minimum(digits), precision < 0);
  }

  private String minimum(String digits) {
    if (precision == 0 && digits.equals("0")) {
      return "";
    }
    return precision > digits.length() ? "0".repeat(precision - digits.length()) + digits : digits;
  }
}
