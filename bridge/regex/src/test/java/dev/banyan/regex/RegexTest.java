package dev.banyan.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RegexTest {
  private static Matcher match(
      RegexEngine engine, String pattern, String subject, RegexOption... options) {
    Matcher matcher = Regex.compile(engine, pattern, Set.of(options), 0).matcher().reset(subject);
    matcher.find(0);
    return matcher;
  }

  @Test
  void theSystemsLibraryRunsThePatterns() {
    assertThat(Regex.engine()).isEqualTo(RegexEngine.PCRE2);
  }

  @ParameterizedTest
  @EnumSource
  void groupsHaveOffsetsAndUnsetOnesAreMinusOne(RegexEngine engine) {
    Matcher matcher = match(engine, "(a)|(b+)(c)?", "xxbb");
    assertThat(matcher.count()).isEqualTo(3);
    assertThat(matcher.start(0)).isEqualTo(2);
    assertThat(matcher.end(0)).isEqualTo(4);
    assertThat(matcher.start(1)).isEqualTo(-1);
    assertThat(matcher.group(2)).isEqualTo("bb");
    assertThat(matcher.end(3)).isEqualTo(-1);
    assertThat(matcher.group(3)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aMissHasNoGroups(RegexEngine engine) {
    Matcher matcher = match(engine, "(a)", "b");
    assertThat(matcher.count()).isZero();
    assertThat(matcher.start(1)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void namedGroupsAreListedByName(RegexEngine engine) {
    Regex regex = Regex.compile(engine, "(?<year_1>\\d+)-(?P<m>\\d+)", Set.of(), 0);
    assertThat(regex.names()).containsExactly(new GroupName("m", 2), new GroupName("year_1", 1));
    assertThat(regex.groupCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aPartOfAnArrayIsASubjectWithItsOwnOffsets(RegexEngine engine) {
    byte[] bytes = "aabbccdd".getBytes(StandardCharsets.ISO_8859_1);
    Matcher matcher = Regex.compile(engine, "c+$", Set.of(), 0).matcher().reset(bytes, 2, 4);
    assertThat(matcher.find(1)).isTrue();
    assertThat(matcher.start(0)).isEqualTo(2);
    assertThat(matcher.group(0)).isEqualTo("cc");
  }

  @ParameterizedTest
  @EnumSource
  void lookbehindSeesWhatPrecedesTheOffset(RegexEngine engine) {
    Matcher matcher = Regex.compile(engine, "(?<=a)b|^c", Set.of(), 0).matcher().reset("abc");
    assertThat(matcher.find(1)).isTrue();
    assertThat(matcher.find(2)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void optionsChangeTheMatch(RegexEngine engine) {
    assertThat(match(engine, "ABC", "xabc", RegexOption.CASELESS).start(0)).isEqualTo(1);
    assertThat(match(engine, "ABC", "xabc", RegexOption.CASELESS, RegexOption.ANCHORED).count())
        .isZero();
    assertThat(match(engine, "^b", "a\nb", RegexOption.MULTILINE).start(0)).isEqualTo(2);
    assertThat(match(engine, "a.b", "a\nb").count()).isZero();
    assertThat(match(engine, "a.b", "a\nb", RegexOption.DOTALL).count()).isEqualTo(1);
    assertThat(match(engine, "a b # c", "ab", RegexOption.EXTENDED).count()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void bytesAreCharactersUnlessUtfIsAsked(RegexEngine engine) {
    String euro =
        new String("\u20ac!".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(match(engine, ".", euro).end(0)).isEqualTo(1);
    assertThat(match(engine, ".", euro, RegexOption.UTF).end(0)).isEqualTo(3);
    assertThat(match(engine, "!", euro, RegexOption.UTF).start(0)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void malformedUtfFailsWithTheOldCode(RegexEngine engine) {
    Matcher matcher = Regex.compile(engine, ".", Set.of(RegexOption.UTF), 0).matcher();
    RegexFailure failure =
        catchThrowableOfType(RegexFailure.class, () -> matcher.reset("\u00e4").find(0));
    assertThat(failure.code()).isEqualTo(RegexFailure.BAD_UTF8);
  }

  @ParameterizedTest
  @EnumSource
  void aMatchLimitEndsACatastrophicPattern(RegexEngine engine) {
    Matcher matcher =
        Regex.compile(engine, "^(.*)(.*)(.*)(.*)=$", Set.of(), 5000)
            .matcher()
            .reset("a".repeat(40) + "=b");
    RegexFailure failure = catchThrowableOfType(RegexFailure.class, () -> matcher.find(0));
    assertThat(failure.code()).isEqualTo(RegexFailure.MATCH_LIMIT);
  }

  @ParameterizedTest
  @EnumSource
  void anOffsetOutsideOfTheSubjectFails(RegexEngine engine) {
    Matcher matcher = Regex.compile(engine, "a", Set.of(), 0).matcher().reset("a");
    assertThat(catchThrowableOfType(RegexFailure.class, () -> matcher.find(2)).code())
        .isEqualTo(RegexFailure.BAD_OFFSET);
  }

  @Test
  void aDfaMatchIsTheLongestAndHasNoGroups() {
    Matcher matcher = match(RegexEngine.PCRE2, "(a|ab)(c|bcd)?", "abcd", RegexOption.DFA);
    assertThat(matcher.group(0)).isEqualTo("abcd");
    assertThat(matcher.regex().groupCount()).isZero();
  }

  @Test
  void twoMatchersOfOneThreadDoNotMixTheirSubjects() {
    Regex regex = Regex.compile("\\d+", Set.of(RegexOption.JIT));
    Matcher first = regex.matcher().reset("a1b22");
    Matcher second = regex.matcher().reset("333");
    assertThat(first.find(0)).isTrue();
    assertThat(second.find(0)).isTrue();
    assertThat(first.find(first.end(0))).isTrue();
    assertThat(first.group(0)).isEqualTo("22");
    assertThat(second.group(0)).isEqualTo("333");
  }

  @Test
  void onePatternServesManyThreads() {
    Regex regex = Regex.compile("(\\w+)@(\\w+)", Set.of(RegexOption.JIT));
    var runs =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(n ->
                CompletableFuture.runAsync(() -> {
                  Matcher matcher = regex.matcher();
                  for (int i = 0; i < 2000; i++) {
                    String user = "u" + n + "x" + i;
                    assertThat(matcher.reset("mail " + user + "@host").find(0)).isTrue();
                    assertThat(matcher.group(1)).isEqualTo(user);
                  }
                }))
            .toList();
    runs.forEach(CompletableFuture::join);
  }

  @Test
  void longSubjectsGrowTheBuffer() {
    String subject = "x".repeat(3_000_000) + "needle";
    Matcher matcher = Regex.compile("needle", Set.of()).matcher();
    assertThat(matcher.reset(subject).find(0)).isTrue();
    assertThat(matcher.start(0)).isEqualTo(3_000_000);
    assertThat(matcher.reset("a needle").find(0)).isTrue();
    assertThat(matcher.start(0)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "(abc ~ missing ) in \"(abc\"",
        "abc) ~ unmatched parentheses in \"abc)\" at \")\"",
        "[a ~ missing terminating ] for character class in \"[a\"",
        "*a ~ nothing to repeat in \"*a\" at \"*a\"",
        "a{2,1} ~ numbers out of order in {} quantifier in \"a{2,1}\" at \"}\"",
        "a(?<n>b ~ missing ) in \"a(?<n>b\"",
        "(?(1)a|b) ~ reference to non-existent subpattern in \"(?(1)a|b)\" at \"a|b)\"",
        "(?<=a+)b ~ lookbehind assertion is not fixed length in \"(?<=a+)b\" at \")b\"",
        "a(? ~ unrecognized character after (? or (?- in \"a(?\"",
        "a(?<2>b) ~ group name must start with a non-digit in \"a(?<2>b)\" at \"2>b)\"",
        "(?<n>a)(?<n>b) ~ two named subpatterns have the same name in \"(?<n>a)(?<n>b)\" at \">b)\"",
        "(a)\\2b ~ reference to non-existent subpattern in \"(a)\\2b\"",
        "\\Lx ~ PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u in \"\\Lx\" at \"Lx\"",
      })
  void syntaxErrorsAreWordedAsPcre8WordsThem(String pattern, String sentence) {
    assertThatThrownBy(() -> Regex.compile(pattern, Set.of()))
        .isInstanceOfSatisfying(
            RegexSyntaxException.class, e -> assertThat(e.sentence()).isEqualTo(sentence));
  }

  @ParameterizedTest
  @CsvSource({"(?R)", "a\\Kb", "(?|(a)|(b))", "(*ACCEPT)", "(?(1)a)"})
  void theFallbackRefusesWhatItCannotExpress(String pattern) {
    assertThatThrownBy(() -> Regex.compile(RegexEngine.JAVA, pattern, Set.of(), 0))
        .isInstanceOf(RegexSyntaxException.class)
        .hasMessageContaining("needs PCRE2");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ' ',
      value = {
        "[[:alpha:]]+ 1ab2",
        "[]a]+ x]a]",
        "[^]a]+ ]xy]",
        "[a&&b]+ x&&b",
        "[[a]+ x[[a",
        "a{,2} a{,2}",
        "\\x41\\x{42}\\0 zAB",
        "(?<n>a)\\k<n>(?P=n) aaa",
        "\\Qa.b\\E+ a.bb",
        "a$ a",
        "(?i)AB(?-i)c xabc",
        "\\bfoo\\b -foo-",
        "a++b aaab",
        "(?>a+)b aaab",
        "(?#comment)a ba",
      })
  void theFallbackAgreesWithPcre(String pattern, String subject) {
    Matcher expected = match(RegexEngine.PCRE2, pattern, subject);
    Matcher actual = match(RegexEngine.JAVA, pattern, subject);
    assertThat(actual.count()).isEqualTo(expected.count());
    for (int group = 0; group <= expected.regex().groupCount(); group++) {
      assertThat(actual.start(group)).isEqualTo(expected.start(group));
      assertThat(actual.end(group)).isEqualTo(expected.end(group));
    }
  }

  @Test
  void everyOptionCompiles() {
    for (RegexOption option : EnumSet.allOf(RegexOption.class)) {
      assertThat(Regex.compile("a", Set.of(option)).matches("a")).isTrue();
    }
  }
}
