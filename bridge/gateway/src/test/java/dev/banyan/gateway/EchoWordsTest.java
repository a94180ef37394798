package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The echo module's arguments. */
final class EchoWordsTest {
  @Test
  void aCountMayHaveUnderscores() {
    assertThat(EchoWords.count("1_000")).isEqualTo(1000);
    assertThat(EchoWords.count("_")).isZero();
    assertThat(EchoWords.count("")).isNegative();
    assertThat(EchoWords.count("-1")).isNegative();
    assertThat(EchoWords.count("9223372036854775808")).isNegative();
  }

  @Test
  void aSleepIsToldInSecondsOfThreeDecimals() {
    assertThat(EchoWords.millis("1.5")).isEqualTo(1500);
    assertThat(EchoWords.millis(".001")).isEqualTo(1);
    assertThat(EchoWords.millis("2.")).isEqualTo(2000);
    assertThat(EchoWords.millis("0.0001")).isNegative();
    assertThat(EchoWords.millis("1.2.3")).isNegative();
    assertThat(EchoWords.millis("")).isNegative();
  }

  @Test
  void partsThatAreEmptyAreNone() {
    assertThat(EchoWords.split("--a--b----", "--")).containsExactly("a", "b");
    assertThat(EchoWords.split("abc", "")).containsExactly("abc");
    assertThat(EchoWords.split("", ",")).isEmpty();
  }
}
