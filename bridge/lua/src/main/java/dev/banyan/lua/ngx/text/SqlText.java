package dev.banyan.lua.ngx.text;

import java.io.ByteArrayOutputStream;

/** MySQL string literals. */
public final class SqlText {
  private SqlText() {}

  /** Puts bytes into single quotes and escapes what MySQL wants escaped. */
  public static byte[] quote(byte[] bytes, int offset, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 2);
    out.write('\'');
    for (int i = offset; i < offset + length; i++) {
      int letter = letter(bytes[i]);
      if (letter == 0) {
        out.write(bytes[i]);
      } else {
        out.write('\\');
        out.write(letter);
      }
    }
    out.write('\'');
    return out.toByteArray();
  }

  private static int letter(byte c) {
    return switch (c) {
      case 0 -> '0';
      case '\b' -> 'b';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      case 26 -> 'Z';
      case '\\', '\'', '"' -> c;
      default -> 0;
    };
  }
}
