package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers as the srcache module keeps them. */
final class SrcacheAnswerTest {
  @Test
  void anAnswerIsReadAsItWasKept() throws SrcacheAnswer.Malformed {
    SrcacheAnswer answer =
        SrcacheAnswer.parse("HTTP/1.1 201 Created\r\nA: b c \r\nEmpty\r\n\r\nbody\r\n", 100);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.fields())
        .containsExactly(new String[] {"A", "b c"}, new String[] {"Empty", ""});
    assertThat(answer.body()).isEqualTo("body\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "garbage~, cache sent invalid status line",
    "HTTP/1.1 20 OK~~, cache sent invalid status line",
    "HTTP/1.1 2000 OK~~, cache sent invalid status line",
    "HTTP/1.1 200 OK, cache sent truncated status line or headers",
    "HTTP/1.1 200 OK~A: b~, cache sent truncated status line or headers",
    "HTTP/1.1 200 OK~!: b~ folded~~, cache sent invalid header"
  })
  void whatIsNoneIsToldWhy(String text, String reason) {
    assertThatThrownBy(() -> SrcacheAnswer.parse(text.replace("~", "\r\n"), 100))
        .hasMessage("srcache_fetch: " + reason);
  }

  @Test
  void aLineHasItsBound() {
    assertThatThrownBy(() -> SrcacheAnswer.parse("HTTP/1.1 200 OK\r\nLong: line\r\n\r\n", 8))
        .hasMessageContaining("srcache_header_buffer_size");
  }
}
