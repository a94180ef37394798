package dev.banyan.server.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySettings;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.SetClock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void aClockThatIsSetBackBeginsTheHistoryAnew() {
    SetClock clock = new SetClock(NOON);
    ParityBook parity =
        new ParityBook(
            Set.of("edge.waf"),
            clock,
            ParitySettings.of(
                0.99, 10, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));
    History history = new History(parity, clock);
    for (int second = 0; second < 3; second++) {
      clock.set(NOON.plusSeconds(second));
      history.tick();
    }
    assertThat(seconds(history)).containsExactly(1L, 2L);

    clock.set(NOON.minusSeconds(3_600));
    history.tick();
    assertThat(seconds(history)).containsExactly(-3_600L);
  }

  private static List<Long> seconds(History history) {
    return history.rows("edge.waf").stream()
        .map(row -> row.getFirst() - NOON.getEpochSecond())
        .toList();
  }
}
