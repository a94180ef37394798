package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                Stream.of("-XX:+UseSerialGC", "-Xmn16m", "-Xmx256m"),
                Stream.of(options),
                Stream.of("-cp", System.getProperty("java.class.path"), OldGarbage.class.getName()))
            .flatMap(words -> words)
            .toList();
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).as(said).isZero();
    String[] held = said.lines().reduce((first, last) -> last).orElseThrow().split(" ", 2);
    return new OldGeneration(Long.parseLong(held[0]), Long.parseLong(held[1]));
  }
}
