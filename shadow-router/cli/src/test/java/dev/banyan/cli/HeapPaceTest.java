package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeapPaceTest {
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void anOldGenerationIsDueAtTwiceWhatLivedInItAndTheSlack() {
    long lived = 20 * MEBIBYTE;

    assertThat(HeapPace.isDue(2 * lived + HeapPace.SLACK, lived)).isFalse();
    assertThat(HeapPace.isDue(2 * lived + HeapPace.SLACK + 1, lived)).isTrue();
  }

  @Test
  void whatDiedInTheOldGenerationDoesNotGrowToTheLimitOfTheHeap() throws Exception {
    assertThat(oldGeneration().most()).isBetween(24L, 140L);
  }

  @Test
  void whatABusyTimeLeftInTheOldGenerationIsGivenBackInQuiet() throws Exception {
    assertThat(oldGeneration().inQuiet()).isLessThan(8);
  }

  @Test
  void aJvmThatTakesNoRequestsForCollectionsIsLeftAlone() throws Exception {
    OldGeneration alone = oldGeneration("-XX:+DisableExplicitGC");

    assertThat(alone.most()).isGreaterThan(170);
    assertThat(alone.inQuiet()).isGreaterThan(24);
  }

  /** What it held, in MiB. */
  private record OldGeneration(long most, long inQuiet) {}

  private static OldGeneration oldGeneration(String... options) throws Exception {
    List<String> all = Stream.concat(Stream.of("-XX:+UseSerialGC"), Stream.of(options)).toList();
    String[] held = Forked.lastLine(OldGarbage.class, all).split(" ", 2);
    return new OldGeneration(Long.parseLong(held[0]), Long.parseLong(held[1]));
  }
}
