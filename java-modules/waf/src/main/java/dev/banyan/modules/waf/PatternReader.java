package dev.banyan.modules.waf;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe: reads a rule's regex, in the syntax that the rules use, for what a match
 * requires. Other syntax is refused when the rules are compiled.
 */
final class PatternReader {
  private static final int MOST_OCTETS = 8;
  private static final int OCTETS = 256;
  private static final int FIRST_PRINTED = ' ';
  private static final int DELETE = 127;

  private final String regex;
  private int at;

  private PatternReader(String regex) {
    this.regex = regex;
  }

  /** What a text must contain for the regex to be found in it. */
  static RequiredLiterals read(String regex) {
    PatternReader reader = new PatternReader(regex);
    RequiredLiterals required = reader.alternatives();
    if (reader.at < regex.length()) {
      throw reader.refused();
    }
    return required;
  }

  private IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "the prefilter can't read " + regex + " at " + at + "; teach PatternReader this syntax");
  }

  private RequiredLiterals alternatives() {
    List<RequiredLiterals> found = new ArrayList<>();
    do {
      found.add(sequence());
    } while (take('|'));
    return RequiredLiterals.either(found);
  }

  private RequiredLiterals sequence() {
    List<RequiredLiterals> parts = new ArrayList<>();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      parts.add(quantified(atom()));
    }
    return RequiredLiterals.sequence(parts);
  }

  private RequiredLiterals atom() {
    char c = regex.charAt(at++);
    return switch (c) {
      case '^', '$' -> RequiredLiterals.EMPTY;
      case '.' -> RequiredLiterals.octet(null);
      case '(' -> group();
      case '[' -> octetClass();
      case '\\' -> escape();
      case '*', '+', '?', '{' -> throw refused();
      default -> literal(c);
    };
  }

  private RequiredLiterals group() {
    if (take('?') && !take(':')) {
      throw refused();
    }
    RequiredLiterals inner = alternatives();
    if (!take(')')) {
      throw refused();
    }
    return inner;
  }

  private RequiredLiterals escape() {
    if (take('b')) {
      return RequiredLiterals.EMPTY;
    }
    Character octet = escaped();
    return octet == null ? RequiredLiterals.octet(null) : literal(octet);
  }

  /** The octet after a backslash, or null for a class such as {@code \d}. */
  private @Nullable Character escaped() {
    char c = regex.charAt(at++);
    switch (c) {
      case 'd', 's', 'w' -> {
        return null;
      }
      case 'r' -> {
        return '\r';
      }
      case 'n' -> {
        return '\n';
      }
      case 'x' -> {
        at += 2;
        return (char) Integer.parseInt(regex, at - 2, at, 16);
      }
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw refused();
        }
        return c;
      }
    }
  }

  private RequiredLiterals octetClass() {
    boolean negated = take('^');
    boolean listed = true;
    BitSet octets = new BitSet(OCTETS);
    while (!take(']')) {
      Character first = classOctet();
      Character last = first;
      if (regex.charAt(at) == '-' && regex.charAt(at + 1) != ']') {
        at++;
        last = classOctet();
      }
      if (first == null || last == null) {
        listed = false;
      } else {
        octets.set(first, last + 1);
      }
    }
    if (negated) {
      octets.flip(0, OCTETS);
    }
    return RequiredLiterals.octet(listed && telling(octets) ? texts(octets) : null);
  }

  private @Nullable Character classOctet() {
    char c = regex.charAt(at++);
    return c == '\\' ? escaped() : Character.valueOf(c);
  }

  /** Whether it says something of a text that it has one of these: few, or none that is common. */
  private static boolean telling(BitSet octets) {
    return octets.cardinality() <= MOST_OCTETS || octets.get(FIRST_PRINTED, DELETE).isEmpty();
  }

  private static Set<String> texts(BitSet octets) {
    return octets.stream().mapToObj(octet -> lower((char) octet)).collect(Collectors.toSet());
  }

  private RequiredLiterals quantified(RequiredLiterals atom) {
    int min;
    int max;
    if (take('*')) {
      min = 0;
      max = Integer.MAX_VALUE;
    } else if (take('+')) {
      min = 1;
      max = Integer.MAX_VALUE;
    } else if (take('?')) {
      min = 0;
      max = 1;
    } else if (take('{')) {
      min = number();
      max = !take(',') ? min : regex.charAt(at) == '}' ? Integer.MAX_VALUE : number();
      if (!take('}')) {
        throw refused();
      }
    } else {
      return atom;
    }
    if (!take('?')) {
      take('+');
    }
    return atom.repeated(min, max);
  }

  private int number() {
    int start = at;
    while (Character.isDigit(regex.charAt(at))) {
      at++;
    }
    return Integer.parseInt(regex, start, at, 10);
  }

  private boolean take(char c) {
    if (at < regex.length() && regex.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private static RequiredLiterals literal(char c) {
    return RequiredLiterals.octet(Set.of(lower(c)));
  }

  private static String lower(char c) {
    return c < 0x80 ? String.valueOf(c).toLowerCase(Locale.ROOT) : String.valueOf(c);
  }
}
