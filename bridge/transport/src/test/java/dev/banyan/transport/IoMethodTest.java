package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IoMethodTest {
  @ParameterizedTest
  @CsvSource({
    "6.1.0-13-amd64, true",
    "6.18.44-fc-v782, true",
    "7.0, true",
    "10.2.1, true",
    "6.0.19, false",
    "5.15.0-91-generic, false",
    "4.18.0-513.el8.x86_64, false",
    "rolling, false",
    "6, false"
  })
  void aKernelIsRecentFromTheFirstThatCompletesWhenItIsAsked(String version, boolean recent) {
    assertThat(IoMethod.isRecent(version)).isEqualTo(recent);
  }

  @Test
  void whatIsStandardCanBeHad() {
    assertThat(IoMethod.available()).contains(IoMethod.standard());
  }
}
