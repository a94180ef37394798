package dev.banyan.regex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hyphens that PCRE 8 takes for themselves, and PCRE2 refuses. */
final class LiteralHyphensTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "[\\w-.]+@, [\\w\\-.]+@",
        "[a-\\d], [a-\\d]",
        "[[:alpha:]-z], [[:alpha:]\\-z]",
        "[a-[:digit:]], [a-[:digit:]]",
        "[\\p{L}-x\\pN-y], [\\p{L}\\-x\\pN\\-y]",
        "[^]\\s-_], [^]\\s\\-_]",
        "[\\w-], [\\w-]",
        "[-\\w], [-\\w]",
        "[a-z\\d-x0-9], [a-z\\d\\-x0-9]",
        "\\[\\w-.], \\[\\w-.]",
        "\\Q[\\w-.]\\E[\\w-.], \\Q[\\w-.]\\E[\\w\\-.]",
        "[\\Q\\w-.\\E], [\\Q\\w-.\\E]",
        "a-\\d-b, a-\\d-b",
        "[\\w-, [\\w\\-",
      })
  void behindASetAHyphenIsEscapedAndElsewhereNot(String pattern, String escaped) {
    assertThat(LiteralHyphens.escaped(pattern, false)).isEqualTo(escaped);
  }
}
