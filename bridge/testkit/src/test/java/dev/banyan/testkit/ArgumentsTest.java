package dev.banyan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Arguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a=1",
        "a&a=2",
        "b=1&a=2",
        "ab=1&a=2",
        "a+=1&a=2",
        "%61=1",
        "%61%2=1&a=3",
        "=9&a=1",
        "a==1&b",
        "&&a=x+y%20z&a=2",
        "b=a=1",
        "a="
      })
  void oneArgumentIsFoundAsAmongAllOfThem(String raw) {
    for (String name : new String[] {"a", "b", "a ", "ab", "", "a%2"}) {
      assertThat(Arguments.first(raw, name))
          .as(name)
          .isEqualTo(Arguments.parse(raw, 0).first(name));
    }
  }

  @Test
  void withoutArgumentsNoneIsFound() {
    assertThat(Arguments.first(null, "a")).isNull();
  }
}
