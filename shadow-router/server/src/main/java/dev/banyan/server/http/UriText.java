package dev.banyan.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Undoes the escapes of a path or of arguments. */
final class UriText {
  private static final int HEX = 16;

  private UriText() {}

  /**
   * The text, read as UTF-8.
   *
   * @throws Malformed when an escape isn't one, or a character should have been one
   */
  static String decoded(String text) throws Malformed {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        octets.write(escape(text, i));
        i += 2;
      } else if (c > ' ' && c < '\u007f') {
        octets.write(c);
      } else {
        throw new Malformed(400, "the path has a character that must be escaped");
      }
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  private static int escape(String text, int at) throws Malformed {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), HEX) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), HEX) : -1;
    if (high < 0 || low < 0) {
      throw new Malformed(400, "the path has a % that begins no escape: expected %XX");
    }
    return high * HEX + low;
  }
}
