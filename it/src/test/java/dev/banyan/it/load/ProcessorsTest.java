package dev.banyan.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.process.Processors;
import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a load's report says about the other programs of the machine. */
final class ProcessorsTest {
  @Test
  void whatIsNotOursIsTheOthers() {
    Processors earlier = new Processors(1_000, 500, 100);
    Processors later = new Processors(2_000, 1_100, 300);
    assertThat(later.othersSince(earlier)).isCloseTo(0.4, Offset.offset(1e-9));
  }

  @Test
  void aProgramThatWeStartedIsOursWhenItHasEnded() throws IOException, InterruptedException {
    Processors before = Processors.now();
    String busy = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
    assertThat(new ProcessBuilder("sh", "-c", busy).start().waitFor()).isZero();
    Processors after = Processors.now();
    assertThat(after.ours() - before.ours()).isGreaterThan(5);
    assertThat(after.busy() - before.busy())
        .isGreaterThanOrEqualTo(after.ours() - before.ours() - 5);
    assertThat(after.othersSince(before)).isBetween(0.0, 1.0);
  }
}
