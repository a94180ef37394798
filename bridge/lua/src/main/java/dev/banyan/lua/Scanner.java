package dev.banyan.lua;

import org.luaj.vm2.LuaNumber;

/**
 * Owned by one check: splits source text into tokens as LuaJIT does, and notes what LuaJ's compiler
 * must see otherwise.
 */
final class Scanner {
  private final SourceReader in;
  private final SourceEdits edits;
  private final QuotedText quoted;
  private int start;
  private char symbol;
  private double value;

  Scanner(SourceReader in, SourceEdits edits) {
    this.in = in;
    this.edits = edits;
    this.quoted = new QuotedText(in);
    skipHeader();
  }

  /** A byte order mark, and a first line for a shell. */
  private void skipHeader() {
    byte[] source = in.source();
    if (source.length >= 3
        && (source[0] & 0xff) == 0xef
        && (source[1] & 0xff) == 0xbb
        && (source[2] & 0xff) == 0xbf) {
      in.skip();
      in.skip();
      in.skip();
      edits.add(0, in.at(), "");
    }
    if (in.peek() == '#') {
      int from = in.at();
      while (in.peek() != SourceReader.EOF && !SourceReader.isNewline(in.peek())) {
        in.skip();
      }
      edits.add(from, in.at(), "");
    }
  }

  /** Where the token that was read last begins; it ends where the reading is. */
  int start() {
    return start;
  }

  /** The one-character symbol that was read last. */
  char symbol() {
    return symbol;
  }

  /** The number that was read last. */
  double value() {
    return value;
  }

  private static boolean isIdent(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c >= 128;
  }

  private Token character(int c) {
    symbol = (char) c;
    return Token.CHAR;
  }

  /** Reads the next token. */
  Token scan() {
    in.buffer.setLength(0);
    while (true) {
      start = in.at();
      int c = in.peek();
      if (isIdent(c)) {
        return c >= '0' && c <= '9' ? number() : word();
      }
      switch (c) {
        case '\n', '\r' -> in.newline();
        case ' ', '\t', 11, 12 -> in.skip();
        case '-' -> {
          in.skip();
          if (in.peek() != '-') {
            return character('-');
          }
          in.skip();
          comment();
        }
        case '[' -> {
          int level = quoted.bracketLevel();
          if (level >= 0) {
            quoted.longText(level, "string");
            return Token.STRING;
          }
          if (level == -1) {
            return character('[');
          }
          throw in.error("invalid long string delimiter", in.buffer.toString());
        }
        case '=', '<', '>', '~' -> {
          in.skip();
          if (in.peek() != '=') {
            return character(c);
          }
          in.skip();
          return switch (c) {
            case '=' -> Token.EQ;
            case '<' -> Token.LE;
            case '>' -> Token.GE;
            default -> Token.NE;
          };
        }
        case ':' -> {
          in.skip();
          if (in.peek() != ':') {
            return character(':');
          }
          in.skip();
          return Token.LABEL;
        }
        case '"', '\'' -> {
          if (quoted.string(c)) {
            edits.add(start, in.at(), quoted.requoted(start));
          }
          return Token.STRING;
        }
        case '.' -> {
          return dots();
        }
        case SourceReader.EOF -> {
          return Token.EOF;
        }
        default -> {
          in.skip();
          return character(c);
        }
      }
    }
  }

  private Token word() {
    while (isIdent(in.peek())) {
      in.save();
    }
    String word = in.buffer.toString();
    Token kind = Token.ofWord(word);
    if (kind == Token.NAME && Names.needsDisguise(word)) {
      edits.add(start, in.at(), Names.disguise(word));
    }
    return kind;
  }

  private Token dots() {
    in.save();
    if (in.peek() == '.') {
      in.skip();
      if (in.peek() == '.') {
        in.skip();
        return Token.DOTS;
      }
      return Token.CONCAT;
    }
    if (in.peek() < '0' || in.peek() > '9') {
      return character('.');
    }
    return number();
  }

  private Token number() {
    int exponent = 'e';
    int c = in.peek();
    if (c == '0') {
      in.save();
      if ((in.peek() | 32) == 'x') {
        exponent = 'p';
      }
    }
    while (isIdent(in.peek())
        || in.peek() == '.'
        || ((in.peek() == '-' || in.peek() == '+') && (c | 32) == exponent)) {
      c = in.peek();
      in.save();
    }
    if (Int64.parse(in.buffer.toString()) != null) {
      value = 1; // the parser asks for zeros only
      edits.add(start, in.at(), '"' + Names.integerMark(in.buffer.toString(), start) + '"');
      return Token.NUMBER;
    }
    byte[] digits = LuaText.bytes(LuaText.of(in.buffer.toString()));
    LuaNumber number = NumberScanner.scan(digits, 0, digits.length);
    if (number == null || !startsAsNumber(digits)) {
      throw in.error("malformed number", in.buffer.toString());
    }
    value = number.todouble();
    if (in.buffer.indexOf("x") >= 0
        || in.buffer.indexOf("X") >= 0
        || in.buffer.indexOf("b") >= 0
        || in.buffer.indexOf("B") >= 0) {
      edits.add(start, in.at(), literal(value));
    }
    return Token.NUMBER;
  }

  private static boolean startsAsNumber(byte[] digits) {
    return digits[0] == '.' || (digits[0] >= '0' && digits[0] <= '9');
  }

  private static String literal(double value) {
    if (value == (long) value && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }

  private void comment() {
    if (in.peek() == '[') {
      int level = quoted.bracketLevel();
      in.buffer.setLength(0);
      if (level >= 0) {
        quoted.longText(level, "comment");
        in.buffer.setLength(0);
        return;
      }
    }
    while (in.peek() != SourceReader.EOF && !SourceReader.isNewline(in.peek())) {
      in.skip();
    }
  }
}
