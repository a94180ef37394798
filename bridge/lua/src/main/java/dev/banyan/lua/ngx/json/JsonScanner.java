package dev.banyan.lua.ngx.json;

import dev.banyan.lua.LuaNumbers;
import java.util.Arrays;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Splits JSON text into lua-cjson's tokens; a NUL byte ends the text. */
final class JsonScanner {
  /** The tokens, named as error messages name them. */
  enum Token {
    T_OBJ_BEGIN,
    T_OBJ_END,
    T_ARR_BEGIN,
    T_ARR_END,
    T_STRING,
    T_NUMBER,
    T_TRUE,
    T_FALSE,
    T_NULL,
    T_COLON,
    T_COMMA,
    T_END,
    T_ERROR
  }

  Token token = Token.T_END;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final boolean lenient;
  private int at;
  private int tokenAt;
  private String error = "";
  private LuaString string = LuaValue.EMPTYSTRING;
  private LuaNumber number = LuaValue.ZERO;
  private byte[] buffer = new byte[64];
  private int length;

  JsonScanner(LuaString text, boolean lenient) {
    bytes = text.m_bytes;
    start = text.m_offset;
    end = start + text.m_length;
    at = start;
    tokenAt = start;
    this.lenient = lenient;
  }

  boolean isWide() {
    return end - start >= 2 && (bytes[start] == 0 || bytes[start + 1] == 0);
  }

  LuaString string() {
    return string;
  }

  LuaNumber number() {
    return number;
  }

  /** What the current token is called in an error. */
  String found() {
    return switch (token) {
      case T_ERROR -> error;
      case T_TRUE, T_FALSE -> "T_BOOLEAN";
      default -> token.name();
    };
  }

  /** Where the current token is, from 0 on. */
  int position() {
    return tokenAt - start;
  }

  /** Where the scanner stands, from 0 on. */
  int next() {
    return at - start;
  }

  void advance() {
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
    tokenAt = at;
    int c = at < end ? bytes[at] : 0;
    switch (c) {
      case 0 -> token = Token.T_END;
      case '{' -> single(Token.T_OBJ_BEGIN);
      case '}' -> single(Token.T_OBJ_END);
      case '[' -> single(Token.T_ARR_BEGIN);
      case ']' -> single(Token.T_ARR_END);
      case ':' -> single(Token.T_COLON);
      case ',' -> single(Token.T_COMMA);
      case '"' -> scanString();
      default -> word(c);
    }
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private void single(Token kind) {
    token = kind;
    at++;
  }

  private void fail(int position, String message) {
    token = Token.T_ERROR;
    tokenAt = position;
    error = message;
  }

  private void word(int c) {
    if (c == '-' || (c >= '0' && c <= '9')) {
      if (!lenient && NumberText.isNotJson(bytes, at, end)) {
        fail(at, "invalid number");
      } else {
        scanNumber();
      }
    } else if (literal("true")) {
      token = Token.T_TRUE;
    } else if (literal("false")) {
      token = Token.T_FALSE;
    } else if (literal("null")) {
      token = Token.T_NULL;
    } else if (lenient && NumberText.isNotJson(bytes, at, end)) {
      scanNumber();
    } else {
      fail(at, "invalid token");
    }
  }

  private boolean literal(String text) {
    if (end - at < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    at += text.length();
    return true;
  }

  private void scanNumber() {
    int plain = at;
    boolean negative = bytes[plain] == '-';
    int from = negative ? plain + 1 : plain;
    int i = from;
    long value = 0;
    while (i < end && i - from < 9 && bytes[i] >= '0' && bytes[i] <= '9') {
      value = value * 10 + bytes[i] - '0';
      i++;
    }
    boolean simple = i > from && (i == end || NumberText.endsNumber(bytes[i]));
    if (simple && (value != 0 || !negative)) {
      token = Token.T_NUMBER;
      number = LuaNumbers.of(negative ? -value : value);
      at = i;
      return;
    }
    NumberText text = NumberText.scan(bytes, at, end);
    if (text.end() == at) {
      fail(at, "invalid number");
    } else {
      token = Token.T_NUMBER;
      number = LuaNumbers.of(text.value());
      at = text.end();
    }
  }

  private void scanString() {
    int begin = at + 1;
    int i = begin;
    while (i < end && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] != 0) {
      i++;
    }
    if (i < end && bytes[i] == '"') {
      string = LuaString.valueUsing(Arrays.copyOfRange(bytes, begin, i));
      token = Token.T_STRING;
      at = i + 1;
      return;
    }
    length = 0;
    at = begin;
    while (at < end && bytes[at] != '"' && bytes[at] != 0) {
      if (bytes[at] != '\\') {
        put(bytes[at++]);
      } else if (!escape()) {
        return;
      }
    }
    if (at >= end || bytes[at] == 0) {
      fail(at, "unexpected end of string");
      return;
    }
    at++;
    token = Token.T_STRING;
    string = LuaString.valueUsing(Arrays.copyOf(buffer, length));
  }

  private boolean escape() {
    int c = at + 1 < end ? bytes[at + 1] : 0;
    switch (c) {
      case '"', '\\', '/' -> put(c);
      case 'b' -> put('\b');
      case 'f' -> put('\f');
      case 'n' -> put('\n');
      case 'r' -> put('\r');
      case 't' -> put('\t');
      case 'u' -> {
        return unicode();
      }
      default -> {
        fail(at, "invalid escape code");
        return false;
      }
    }
    at += 2;
    return true;
  }

  private boolean unicode() {
    int point = fourDigits(at + 2);
    int used = 6;
    if ((point & 0xf800) == 0xd800) {
      int low =
          at + 7 < end && bytes[at + 6] == '\\' && bytes[at + 7] == 'u' ? fourDigits(at + 8) : -1;
      boolean pair = (point & 0x400) == 0 && low >= 0 && (low & 0xfc00) == 0xdc00;
      point = pair ? 0x10000 + ((point & 0x3ff) << 10) + (low & 0x3ff) : -1;
      used = 12;
    }
    if (point < 0) {
      fail(at, "invalid unicode escape code");
      return false;
    }
    putUtf8(point);
    at += used;
    return true;
  }

  private int fourDigits(int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < end && bytes[i] >= 0 ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void putUtf8(int point) {
    if (point < 0x80) {
      put(point);
    } else if (point < 0x800) {
      put(0xc0 | point >> 6);
      put(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      put(0xe0 | point >> 12);
      put(0x80 | (point >> 6 & 0x3f));
      put(0x80 | (point & 0x3f));
    } else {
      put(0xf0 | point >> 18);
      put(0x80 | (point >> 12 & 0x3f));
      put(0x80 | (point >> 6 & 0x3f));
      put(0x80 | (point & 0x3f));
    }
  }

  private void put(int octet) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * length);
    }
    buffer[length++] = (byte) octet;
  }
}
