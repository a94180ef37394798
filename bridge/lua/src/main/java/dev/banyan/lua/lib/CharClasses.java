package dev.banyan.lua.lib;

/** The character classes of Lua patterns in the C locale. */
final class CharClasses {
  private static final boolean[][] MEMBERS = new boolean[256][256];

  static {
    for (int letter = 0; letter < 256; letter++) {
      for (int c = 0; c < 256; c++) {
        MEMBERS[letter][c] = compute(c, letter);
      }
    }
  }

  private CharClasses() {}

  /** Whether a byte is in the class of a letter; an upper-case letter is the complement. */
  static boolean matches(int c, int letter) {
    return MEMBERS[letter][c];
  }

  private static boolean compute(int c, int letter) {
    boolean in =
        switch (letter | 32) {
          case 'a' -> isLetter(c);
          case 'c' -> c < 32 || c == 127;
          case 'd' -> isDigit(c);
          case 'g' -> c > 32 && c < 127;
          case 'l' -> c >= 'a' && c <= 'z';
          case 'p' -> c > 32 && c < 127 && !isLetter(c) && !isDigit(c);
          case 's' -> c == ' ' || (c >= 9 && c <= 13);
          case 'u' -> c >= 'A' && c <= 'Z';
          case 'w' -> isLetter(c) || isDigit(c);
          case 'x' -> Character.digit(c, 16) >= 0 && c < 128;
          case 'z' -> c == 0;
          default -> letter == c;
        };
    boolean complement = letter >= 'A' && letter <= 'Z' && isClass(letter | 32);
    return complement != in;
  }

  private static boolean isClass(int lower) {
    return "acdglpsuwxz".indexOf(lower) >= 0;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
