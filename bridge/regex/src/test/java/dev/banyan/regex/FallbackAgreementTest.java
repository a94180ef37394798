package dev.banyan.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random patterns and subjects: where the fallback takes a pattern, it finds what PCRE2 finds. */
final class FallbackAgreementTest {
  private static final int PATTERNS = 20_000;
  private static final int SUBJECTS = 5;
  private static final int MATCH_LIMIT = 100_000;

  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          "1",
          "_",
          "-",
          ".",
          "\\d",
          "\\w",
          "\\s",
          "\\D",
          "\\W",
          "\\S",
          "[ab]",
          "[^a]",
          "[a-c1-3]",
          "[]a]",
          "[[:alpha:]]",
          "[[:digit:]_]",
          "[\\w-]",
          "[&&b]",
          "[[a]",
          "\\x61",
          "\\.",
          "\\h",
          "\\bb",
          "\\Ba",
          "^",
          "$",
          "\\A",
          "\\z",
          "\\Z",
          "(?=a)",
          "(?!b)",
          "(?<=a)",
          "(?<!b)",
          "(?i)A",
          "\\Qa.\\E",
          "{",
          "]",
          "}",
          "\\N",
          "#",
          " ",
          "\\t",
          "\n",
          "[\\b]",
          "\\0",
          "[ #]",
          "\\1",
          "\u00e4",
          "[\u00e4-\u00fc]",
          "\\e",
          "\\cA",
          "\\ ",
          "\\#",
          "[^\\d\\s]",
          "\\/");

  private static final List<String> QUANTIFIERS =
      List.of(
          "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{1,}", "{,2}", "++", "*+",
          "?+");

  // Repeated and atomic groups are left out: java.util.regex keeps other captures of their last
  // round,
  // and captures of atomic groups that failed later.
  private static final List<String> OPENINGS =
      List.of("(", "(", "(?:", "(?<a_1>", "(?P<b>", "(?i:", "(?x: ");

  private static final List<String> ASSERTIONS =
      List.of("", "", "(?=a)", "(?!b)", "(?<=a)", "(?<!b)");

  private static final String LETTERS = "ab1_- .\nAB\tc2\u00e4{}]&[#\u000b\r\u0085";

  private final Random random = new Random(20260727);

  @Test
  void bothEnginesFindTheSame() {
    int compared = 0;
    for (int i = 0; i < PATTERNS; i++) {
      String pattern = alternatives(2);
      Set<RegexOption> options = options();
      Regex expected = compileOrNull(RegexEngine.PCRE2, pattern, options);
      Regex actual = compileOrNull(RegexEngine.JAVA, pattern, options);
      if (expected != null && actual != null) {
        for (int n = 0; n < SUBJECTS; n++) {
          compared += compare(expected, actual, subject(), options);
        }
      }
    }
    assertThat(compared).isGreaterThan(PATTERNS);
  }

  private int compare(Regex expected, Regex actual, String subject, Set<RegexOption> options) {
    Matcher one = expected.matcher().reset(subject);
    Matcher two = actual.matcher().reset(subject);
    try {
      boolean found = one.find(0);
      assertThat(two.find(0)).as("/%s/ %s on %s", expected, options, subject).isEqualTo(found);
    } catch (RegexFailure e) {
      return 0;
    }
    for (int group = 0; group <= expected.groupCount(); group++) {
      assertThat(two.start(group))
          .as("/%s/ %s on %s", expected, options, subject)
          .isEqualTo(one.start(group));
      assertThat(two.end(group))
          .as("/%s/ %s on %s", expected, options, subject)
          .isEqualTo(one.end(group));
    }
    return 1;
  }

  private String alternatives(int depth) {
    String first = sequence(depth);
    return random.nextInt(5) == 0 ? first + "|" + sequence(depth) : first;
  }

  private String sequence(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      boolean group = depth > 0 && random.nextInt(4) == 0;
      text.append(group ? pick(OPENINGS) + alternatives(depth - 1) + ")" : pick(ATOMS));
      text.append(group ? pick(ASSERTIONS) : pick(QUANTIFIERS));
    }
    return text.toString();
  }

  private String subject() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private Set<RegexOption> options() {
    Set<RegexOption> options = EnumSet.noneOf(RegexOption.class);
    for (RegexOption option :
        List.of(
            RegexOption.CASELESS,
            RegexOption.MULTILINE,
            RegexOption.DOTALL,
            RegexOption.EXTENDED,
            RegexOption.ANCHORED)) {
      if (random.nextInt(4) == 0) {
        options.add(option);
      }
    }
    return options;
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static @Nullable Regex compileOrNull(
      RegexEngine engine, String pattern, Set<RegexOption> options) {
    try {
      return Regex.compile(engine, pattern, options, MATCH_LIMIT);
    } catch (RegexSyntaxException e) {
      return null;
    }
  }
}
