package dev.banyan.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Arguments;
import org.junit.jupiter.api.Test;

class LastArgumentsTest {
  private static final String THREE = "a=1&b=2&c=3";

  @Test
  void theSameTextIsReadOnce() {
    Arguments first = LastArguments.of(THREE, 100);
    assertThat(LastArguments.of(THREE, 50)).isSameAs(first).isEqualTo(Arguments.parse(THREE, 50));
  }

  @Test
  void whoWantsFewerGetsFewer() {
    assertThat(LastArguments.of(THREE, 100).entries()).hasSize(3);
    assertThat(LastArguments.of(THREE, 2)).isEqualTo(Arguments.parse(THREE, 2));
  }

  @Test
  void whoWantsMoreThanWasReadGetsMore() {
    assertThat(LastArguments.of(THREE, 2).truncated()).isTrue();
    assertThat(LastArguments.of(THREE, 0)).isEqualTo(Arguments.parse(THREE, 0));
  }

  @Test
  void anotherTextIsReadAnew() {
    assertThat(LastArguments.of(THREE, 0).first("a")).isEqualTo("1");
    assertThat(LastArguments.of("a=2", 0).first("a")).isEqualTo("2");
    assertThat(LastArguments.of("", 0).entries()).isEmpty();
  }
}
