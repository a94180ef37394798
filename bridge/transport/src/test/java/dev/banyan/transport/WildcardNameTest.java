package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names are wildcards and what they stand for; the answers are those of OpenSSL 3.0. */
final class WildcardNameTest {
  @ParameterizedTest
  @CsvSource({
    "*.a.test, b.a.test, true",
    "*.a.test, xn--b.a.test, true",
    "*.a.test, -b.a.test, true",
    "*.a.test, a.test, false",
    "*.a.test, .a.test, false",
    "*.a.test, c.b.a.test, false",
    "*.a.test, b_c.a.test, false",
    "*.a.test, b c.a.test, false",
    "*.a.test, b.a.test., false",
    "f*.a.test, foo.a.test, true",
    "f*.a.test, f.a.test, true",
    "f*.a.test, goo.a.test, false",
    "*f.a.test, f.a.test, true",
    "*b.a.test, xb.a.test, true",
    "*-b.a.test, x-b.a.test, true",
    "*b.a.test, xn--b.a.test, false",
    "x*.a.test, xn--b.a.test, false",
    "*.xn--a.test, b.xn--a.test, true",
    "*.127.0.0.1, b.127.0.0.1, true"
  })
  void aStarStandsForALabelOrForOneEndOfIt(String name, String host, boolean matches) {
    WildcardName wildcard = WildcardName.parse(name);
    assertThat(wildcard).isNotNull();
    assertThat(wildcard != null && wildcard.matches(host)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.test",
        "*",
        "*.test",
        "*test",
        "f*o.a.test",
        "**.a.test",
        "*.*.a.test",
        "a.*.test",
        "xn--*.a.test",
        "*.-a.test",
        "*.a-.test",
        "*.a_b.test",
        "*.a..test",
        "*.a.test.",
        "f-*.a.test",
        "*-.a.test",
        "-*.a.test",
        "*.a\0b.test",
        ""
      })
  void otherNamesAreNone(String name) {
    assertThat(WildcardName.parse(name)).isNull();
  }

  @Test
  void aNameOfManyLabelsIsRead() {
    String name = "*" + ".a".repeat(30_000);
    WildcardName wildcard = WildcardName.parse(name);
    assertThat(wildcard != null && wildcard.matches("b" + name.substring(1))).isTrue();
  }
}
