package dev.banyan.lua;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;

/**
 * Owned by one check: where in a source text its reading is, and the text of the token that is
 * being read.
 */
final class SourceReader {
  static final int EOF = -1;

  /** The text of the token so far. */
  final StringBuilder buffer = new StringBuilder();

  private final byte[] source;
  private final String chunk;
  private int at;
  private int line = 1;

  SourceReader(byte[] source, String chunk) {
    this.source = source;
    this.chunk = chunk;
  }

  byte[] source() {
    return source;
  }

  /** Where the next octet is. */
  int at() {
    return at;
  }

  int line() {
    return line;
  }

  /** The next octet; {@link #EOF} for none. */
  int peek() {
    return at < source.length ? source[at] & 0xff : EOF;
  }

  void skip() {
    at++;
  }

  /** Takes the next octet into the token's text. */
  void save() {
    buffer.append((char) peek());
    at++;
  }

  /** Skips the end of a line, of one octet or of two that differ. */
  void newline() {
    int c = peek();
    at++;
    if (isNewline(peek()) && peek() != c) {
      at++;
    }
    line++;
  }

  static boolean isNewline(int c) {
    return c == '\n' || c == '\r';
  }

  /** A stretch of the source, octet for octet. */
  String text(int from, int to) {
    return new String(source, from, to - from, StandardCharsets.ISO_8859_1);
  }

  LuaError error(String message, String near) {
    return error(message + " near '" + near + "'");
  }

  LuaError error(String message) {
    return LuaErrors.bare(ChunkNames.display(chunk) + ":" + line + ": " + message);
  }
}
