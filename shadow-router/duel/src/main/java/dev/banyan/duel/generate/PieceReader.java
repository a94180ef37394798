package dev.banyan.duel.generate;

import dev.banyan.duel.generate.Piece.Choice;
import dev.banyan.duel.generate.Piece.OneOf;
import dev.banyan.duel.generate.Piece.Repeat;
import dev.banyan.duel.generate.Piece.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Owned by one reading: reads the part of PCRE that says which octets come. Anchors, boundaries and
 * assertions are left out, so that a text made from it may fail to match: whoever makes one tries.
 */
final class PieceReader {
  private static final String DIGITS = "0123456789";
  private static final String WORD = "abcdefghijklmnopqrstuvwxyz_" + DIGITS;
  private static final String ANY = WORD + " .-+=/ABC:;%'\"<>()";
  private static final Pattern BOUNDS = Pattern.compile("\\{(\\d{1,5})(,(\\d{0,5}))?\\}");
  private static final int MAX_REPEAT = 6_000;

  private final String pattern;
  private int at;

  private PieceReader(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException for what it doesn't know
   */
  static Piece read(String pattern) {
    PieceReader reader = new PieceReader(pattern);
    Piece piece = reader.choice();
    if (reader.at < pattern.length()) {
      throw reader.unknown();
    }
    return piece;
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException("can't make texts for " + pattern);
  }

  private boolean has(String text) {
    if (pattern.startsWith(text, at)) {
      at += text.length();
      return true;
    }
    return false;
  }

  private char next() {
    if (at >= pattern.length()) {
      throw unknown();
    }
    return pattern.charAt(at++);
  }

  private Piece choice() {
    List<Piece> ways = new ArrayList<>();
    do {
      ways.add(sequence());
    } while (has("|"));
    return ways.size() == 1 ? ways.getFirst() : new Choice(ways);
  }

  private Piece sequence() {
    List<Piece> pieces = new ArrayList<>();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      pieces.add(repeated(atom()));
    }
    return new Sequence(pieces);
  }

  private Piece repeated(Piece piece) {
    Piece found = piece;
    if (has("*")) {
      found = new Repeat(piece, 0, -1);
    } else if (has("+")) {
      found = new Repeat(piece, 1, -1);
    } else if (has("?")) {
      found = new Repeat(piece, 0, 1);
    } else {
      Matcher bounds = BOUNDS.matcher(pattern).region(at, pattern.length());
      if (!bounds.lookingAt()) {
        return piece;
      }
      at = bounds.end();
      int least = Math.min(Integer.parseInt(bounds.group(1)), MAX_REPEAT);
      found = new Repeat(piece, least, most(bounds, least));
    }
    if (!has("?")) {
      has("+");
    }
    return found;
  }

  private static int most(Matcher bounds, int least) {
    if (bounds.group(2) == null) {
      return least;
    }
    String most = bounds.group(3);
    return most.isEmpty() ? -1 : Math.max(least, Math.min(Integer.parseInt(most), MAX_REPEAT));
  }

  private Piece atom() {
    char c = next();
    return switch (c) {
      case '(' -> group();
      case '[' -> new OneOf(set());
      case '.' -> new OneOf(ANY);
      case '^', '$' -> new Sequence(List.of());
      case '\\' -> escape();
      default -> new OneOf(String.valueOf(c));
    };
  }

  private Piece group() {
    if (has("?=") || has("?!") || has("?<=") || has("?<!")) {
      choice();
      close();
      return new Sequence(List.of());
    }
    if (has("?")) {
      while (!has(":") && !has(">")) {
        char c = next();
        if (c == ')') {
          return new Sequence(List.of());
        }
      }
    }
    Piece inside = choice();
    close();
    return inside;
  }

  private void close() {
    if (!has(")")) {
      throw unknown();
    }
  }

  private Piece escape() {
    char c = next();
    return switch (c) {
      case 'b', 'B', 'A', 'z', 'Z', 'G' -> new Sequence(List.of());
      default -> new OneOf(escaped(c));
    };
  }

  private String escaped(char c) {
    return switch (c) {
      case 'd' -> DIGITS;
      case 'w' -> WORD;
      case 's' -> " ";
      case 'D', 'W' -> "-/ .";
      case 'S' -> WORD;
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'x' -> {
        String code = pattern.substring(at, Math.min(at + 2, pattern.length()));
        if (!code.matches("[0-9a-fA-F]{2}")) {
          throw unknown();
        }
        at += 2;
        yield String.valueOf((char) Integer.parseInt(code, 16));
      }
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw unknown();
        }
        yield String.valueOf(c);
      }
    };
  }

  private String set() {
    boolean not = has("^");
    boolean[] in = new boolean[256];
    boolean first = true;
    while (first || !pattern.startsWith("]", at)) {
      first = false;
      String from = member();
      if (from.length() == 1 && pattern.startsWith("-", at) && !pattern.startsWith("-]", at)) {
        at++;
        String to = member();
        for (int c = from.charAt(0); c <= to.charAt(0) && c < in.length; c++) {
          in[c] = true;
        }
      } else {
        from.chars().forEach(c -> in[c & 0xff] = true);
      }
    }
    at++;
    return members(in, not);
  }

  private String member() {
    char c = next();
    return c == '\\' ? escaped(next()) : String.valueOf(c);
  }

  /** The octets that can be seen are enough where there are any. */
  private static String members(boolean[] in, boolean not) {
    StringBuilder seen = new StringBuilder();
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < in.length; c++) {
      if (in[c] != not) {
        all.append((char) c);
        if (c > ' ' && c < 0x7f) {
          seen.append((char) c);
        }
      }
    }
    return seen.isEmpty() ? all.toString() : seen.toString();
  }
}
