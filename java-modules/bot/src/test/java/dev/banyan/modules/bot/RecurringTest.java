package dev.banyan.modules.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.modules.edge.Recurring;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurringTest {
  private final List<String> worked = new ArrayList<>();
  private final Recurring<Integer> lengths =
      new Recurring<>(text -> {
        worked.add(text);
        return text.length();
      });

  @Test
  void aTextThatComesAgainIsNotWorkedOutAgain() {
    assertThat(lengths.of("Mozilla")).isEqualTo(7);
    assertThat(lengths.of(new String(new char[] {'M', 'o', 'z', 'i', 'l', 'l', 'a'}))).isEqualTo(7);
    assertThat(worked).containsExactly("Mozilla");
  }

  @Test
  void textsOfOneHashAreToldApart() {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    Recurring<String> same = new Recurring<>(text -> text);
    for (int i = 0; i < 3; i++) {
      assertThat(same.of("Aa")).isEqualTo("Aa");
      assertThat(same.of("BB")).isEqualTo("BB");
    }
  }

  @Test
  void aVeryLongTextIsNotKept() {
    String text = "x".repeat(513);
    assertThat(lengths.of(text)).isEqualTo(513);
    assertThat(lengths.of(text)).isEqualTo(513);
    assertThat(worked).hasSize(2);
  }

  @Test
  void moreTextsThanThereArePlacesAreAnsweredRightAllTheSame() {
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < 5_000; i++) {
        String text = "agent " + i;
        assertThat(lengths.of(text)).isEqualTo(text.length());
      }
    }
  }
}
