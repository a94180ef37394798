package dev.banyan.router.parity;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Immutable, for any thread: knows secrets by the names that they have and by how they look. */
final class SecretForms {
  private static final Set<String> NAMES =
      Set.of(
          "authorization",
          "cookie",
          "token",
          "secret",
          "password",
          "passwd",
          "passphrase",
          "pwd",
          "sessid",
          "apikey",
          "api-key",
          "api_key",
          "session",
          "signature",
          "credential",
          "private",
          "bearer",
          "jwt",
          "otp");

  /** Words that are too short to be looked for within others. */
  private static final Pattern WORD = Pattern.compile("(?<![a-z0-9])(?:sig|pw|pass)(?![a-z0-9])");

  /** A text of this name is a secret; a table of this name says how somebody is let in. */
  private static final Pattern TEXT = Pattern.compile("(?<![a-z0-9])auth$");

  /** As {@link #names}, in a pattern. */
  private static final String NAMED = "(?:NAMES|(?<![a-zA-Z0-9])(?:sig|pw|auth|pass(?![a-zA-Z])))";

  /** A secret's name and what parts it from its value: {@code token=}, {@code "pwd": }. */
  private static final String NAME =
      "(?i)(?<name>"
          + NAMED
          + "[\\w.\\[\\]-]{0,40}\\\\{0,3}[\"']?(?:\\s{0,4}[:=]\\s{0,4}|%3D|%3A))";

  /** Quoted, quoted within quotes, a table with what is below it, or as far as arguments go. */
  private static final String VALUE =
      "(?!\\[redacted)(?:\"(?:[^\"\\\\]|\\\\[\\s\\S])*+\"?|'[^']*'?"
          + "|\\\\{1,3}\"[\\s\\S]*?(?:\\\\{1,3}\"|\\z)"
          + "|\\{(?:[^{}]|\\{[^{}]*+\\})*+\\}?|\\[[^\\]]*+\\]?"
          + "|(?:[^&\\s;,\"'}\\])]|['}\\])](?=[\\w%!*~-]))++)";

  /** The end of a line, also as it is shown within one line. */
  private static final String END = "(?:\\r?\\n|(?:\\\\r)?\\\\n)";

  /** A part of a form with files, as far as the next boundary. */
  private static final String PART =
      "(?i)(?<name>\\bname=\"[^\"\\r\\n]{0,60}"
          + NAMED
          + "[^\"\\r\\n]{0,60}\"[^\\r\\n\\\\]{0,200}"
          + END
          + "(?:[^\\r\\n\\\\]{1,200}"
          + END
          + "){0,4}"
          + END
          + ")(?!\\[redacted)[\\s\\S]+?(?="
          + END
          + "--|\\z)";

  /** An element of XML. */
  private static final String ELEMENT =
      "(?i)(?<name><[\\w:.-]{0,40}"
          + NAMED
          + "[\\w:.-]{0,40}(?:\\s[^<>]{0,200})?>)(?!\\[redacted)[^<]+";

  /** Fields that are secret to the end of their line. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?i)(?<name>\\b(?:authorization|cookie)[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?)"
              + "(?!\\[redacted)[^\\r\\n\"']+");

  private static final List<String> FORMS =
      List.of(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*-----|$)",
          "(?i)\\b(?:bearer|basic|digest|negotiate)\\s+[^\\s,;\"']+",
          "\\beyJ[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*){1,4}",
          "\\b(?:sk|pk|rk)_(?:live|test)_\\w+",
          "\\bgh[pousr]_\\w{8,}|\\bgithub_pat_\\w+|\\bglpat-[\\w-]+",
          "\\bxox[abeprs]-[\\w-]+",
          "\\b(?:AKIA|ASIA)[0-9A-Z]{12,}",
          "\\bAIza[\\w-]{20,}",
          "(?<=:/{1,2})[^/\\s:@]+:[^/\\s@]+(?=@)");

  private static final Pattern FORM = Pattern.compile(String.join("|", FORMS));
  private static final Pattern CARD =
      Pattern.compile(
          "(?<![.%])(?<!%[0-9A-Fa-f])(?:(?<!\\d)|(?<=%[0-9A-Fa-f]{2}))\\d(?:[ -]?\\d){12,18}(?![\\d.])");
  private static final Pattern RUN =
      Pattern.compile("[A-Za-z0-9+/_=~-]{" + Randomness.LEAST + ",}");
  private static final int TEN = 10;

  /** Encodings in each other that are looked through. */
  private static final int MAX_ENCODINGS = 3;

  private final Set<String> names;
  private final List<Pattern> named;

  /** Knows these names beside those that everybody has. */
  SecretForms(Set<String> more) {
    this.names = new TreeSet<>(NAMES);
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    String alternatives = String.join("|", names.stream().map(Pattern::quote).toList());
    this.named =
        List.of(PART, ELEMENT, NAME + VALUE).stream()
            .map(form -> Pattern.compile(form.replace("NAMES", alternatives)))
            .toList();
  }

  /** Whether what has this name is a secret. */
  boolean names(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(lower::contains) || WORD.matcher(lower).find();
  }

  /** Whether a text that has this name is a secret. */
  boolean namesText(String name) {
    return names(name) || TEXT.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /**
   * The text with each secret replaced. What hides a secret behind percent signs comes out decoded.
   */
  String replaced(String text, UnaryOperator<String> replacement) {
    return replaced(text, replacement, 0);
  }

  private String replaced(String text, UnaryOperator<String> replacement, int depth) {
    String clean = asItStands(text, replacement);
    String decoded = depth < MAX_ENCODINGS ? PercentText.decoded(clean) : clean;
    if (decoded.equals(clean)) {
      return clean;
    }
    String inside = replaced(decoded, replacement, depth + 1);
    return inside.equals(decoded) ? clean : inside;
  }

  /** Whether there is a secret behind percent signs. */
  boolean hides(String text) {
    String decoded = PercentText.decoded(text);
    return !decoded.equals(text) && !replaced(decoded, _ -> "", 1).equals(decoded);
  }

  /** Without looking behind percent signs. */
  String asItStands(String text, UnaryOperator<String> replacement) {
    String formed =
        FORM.matcher(text).replaceAll(found -> literal(replacement.apply(found.group())));
    String valued = behindName(FIELD, formed, replacement);
    for (Pattern pattern : named) {
      valued = behindName(pattern, valued, replacement);
    }
    String numbered =
        CARD.matcher(valued)
            .replaceAll(found ->
                literal(isCard(found.group()) ? replacement.apply(found.group()) : found.group()));
    return RUN.matcher(numbered).replaceAll(found -> literal(run(found.group(), replacement)));
  }

  private static String behindName(
      Pattern pattern, String text, UnaryOperator<String> replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> {
          String name = found.group("name");
          return literal(name + replacement.apply(found.group().substring(name.length())));
        });
  }

  /** A path is looked at by its segments, so that one id in it doesn't hide where it leads. */
  private static String run(String run, UnaryOperator<String> replacement) {
    if (!run.startsWith("/")) {
      return Randomness.looksRandom(run) ? replacement.apply(run) : run;
    }
    StringBuilder path = new StringBuilder();
    for (String segment : run.substring(1).split("/", -1)) {
      path.append('/');
      path.append(Randomness.looksRandom(segment) ? replacement.apply(segment) : segment);
    }
    return path.toString();
  }

  private static String literal(String text) {
    return Matcher.quoteReplacement(text);
  }

  /** Luhn's check, which tells most other numbers from those of cards. */
  private static boolean isCard(String text) {
    int sum = 0;
    boolean twice = false;
    for (int i = text.length() - 1; i >= 0; i--) {
      if (Character.isDigit(text.charAt(i))) {
        int digit = text.charAt(i) - '0';
        int value = twice ? digit * 2 : digit;
        sum += value >= TEN ? value - TEN + 1 : value;
        twice = !twice;
      }
    }
    return sum % TEN == 0;
  }
}
