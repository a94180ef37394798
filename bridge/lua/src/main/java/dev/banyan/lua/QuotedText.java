package dev.banyan.lua;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;

/** Owned by one check: reads strings with their escapes, and long brackets, as LuaJIT does. */
final class QuotedText {
  private final SourceReader in;

  QuotedText(SourceReader in) {
    this.in = in;
  }

  /** The number of signs in a long bracket, -1 for a lone bracket, -2 for a broken one. */
  int bracketLevel() {
    int open = in.peek();
    int level = 0;
    in.save();
    while (in.peek() == '=') {
      in.save();
      level++;
    }
    if (in.peek() == open) {
      return level;
    }
    return level == 0 ? -1 : -2;
  }

  /** Reads the text behind a long bracket of some signs, to its end. */
  void longText(int level, String what) {
    in.save();
    while (true) {
      int c = in.peek();
      if (c == SourceReader.EOF) {
        throw in.error("unfinished long " + what, Token.EOF.text());
      }
      if (c == ']') {
        if (closes(level)) {
          return;
        }
      } else if (SourceReader.isNewline(c)) {
        in.buffer.append('\n');
        in.newline();
      } else {
        in.save();
      }
    }
  }

  private boolean closes(int level) {
    in.save();
    int signs = 0;
    while (in.peek() == '=') {
      in.save();
      signs++;
    }
    if (signs == level && in.peek() == ']') {
      in.save();
      return true;
    }
    return false;
  }

  /**
   * Reads a quoted string.
   *
   * @return whether LuaJ's compiler doesn't know one of its escapes
   */
  boolean string(int delimiter) {
    boolean rewrite = false;
    in.save();
    while (in.peek() != delimiter) {
      int c = in.peek();
      if (c == SourceReader.EOF) {
        throw in.error("unfinished string", Token.EOF.text());
      }
      if (SourceReader.isNewline(c)) {
        throw in.error("unfinished string", in.buffer.toString());
      }
      if (c == '\\') {
        in.skip();
        rewrite |= escape();
      } else {
        in.save();
      }
    }
    in.save();
    return rewrite;
  }

  /** Reads the escape after a backslash; answers whether LuaJ's compiler doesn't know it. */
  private boolean escape() {
    int c = in.peek();
    int simple = "abfnrtv\\\"'".indexOf(c);
    if (c >= 0 && simple >= 0) {
      in.buffer.append("\7\b\f\n\r\t\13\\\"'".charAt(simple));
      in.skip();
      return false;
    }
    switch (c) {
      case 'x' -> hexEscape();
      case 'u' -> {
        unicodeEscape();
        return true;
      }
      case 'z' -> {
        in.skip();
        while (in.peek() == ' ' || (in.peek() >= 9 && in.peek() <= 13)) {
          if (SourceReader.isNewline(in.peek())) {
            in.newline();
          } else {
            in.skip();
          }
        }
      }
      case '\n', '\r' -> {
        in.buffer.append('\n');
        in.newline();
      }
      case SourceReader.EOF -> {}
      default -> decimalEscape();
    }
    return false;
  }

  private LuaError badEscape() {
    return in.error("invalid escape sequence", in.buffer.toString());
  }

  private void hexEscape() {
    in.skip();
    int value = 0;
    for (int i = 0; i < 2; i++) {
      int digit = Character.digit(in.peek(), 16);
      if (digit < 0) {
        throw badEscape();
      }
      value = value * 16 + digit;
      in.skip();
    }
    in.buffer.append((char) value);
  }

  private void decimalEscape() {
    int value = 0;
    int digits = 0;
    while (digits < 3 && in.peek() >= '0' && in.peek() <= '9') {
      value = value * 10 + in.peek() - '0';
      in.skip();
      digits++;
    }
    if (digits == 0 || value > 255) {
      throw badEscape();
    }
    in.buffer.append((char) value);
  }

  private void unicodeEscape() {
    in.skip();
    if (in.peek() != '{') {
      throw badEscape();
    }
    in.skip();
    int value = 0;
    int digits = 0;
    while (Character.digit(in.peek(), 16) >= 0) {
      value = value * 16 + Character.digit(in.peek(), 16);
      in.skip();
      digits++;
      if (value >= 0x110000) {
        throw badEscape();
      }
    }
    if (digits == 0 || in.peek() != '}' || (value >= 0xd800 && value < 0xe000)) {
      throw badEscape();
    }
    in.skip();
    byte[] utf8 = Character.toString(value).getBytes(StandardCharsets.UTF_8);
    for (byte b : utf8) {
      in.buffer.append((char) (b & 0xff));
    }
  }

  /**
   * The string that was just read and began at {@code start}, in escapes that LuaJ's compiler
   * knows.
   */
  String requoted(int start) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 1; i < in.buffer.length() - 1; i++) {
      out.append(String.format("\\%03d", (int) in.buffer.charAt(i)));
    }
    out.append('"');
    for (int i = start; i < in.at(); i++) {
      if (in.source()[i] == '\n') {
        out.append('\n');
      }
    }
    return out.toString();
  }
}
