package dev.banyan.server.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the running kernel makes of a thread's wish for a slice. */
@EnabledOnOs(OS.LINUX)
final class SliceTest {
  private static final List<Integer> FIRST_WITH_SLICES = List.of(6, 12);

  @Test
  void theThreadThatAsksGetsItsSliceAndNoOther() {
    long before = slice();
    long asked =
        CompletableFuture.supplyAsync(
                () -> {
                  assertThat(Slice.ask(Duration.ofMillis(20))).isEmpty();
                  return slice();
                },
                task -> Thread.ofPlatform().start(task))
            .join();
    assertThat(asked).isEqualTo(before > 0 && hasSlices() ? 20_000_000 : before);
    assertThat(slice()).isEqualTo(before);
  }

  @Test
  void aSliceThatTheKernelDoesNotTakeIsCutToItsLongest() {
    long asked =
        CompletableFuture.supplyAsync(
                () -> {
                  assertThat(Slice.ask(Slice.LONGEST.multipliedBy(3))).isEmpty();
                  return slice();
                },
                task -> Thread.ofPlatform().start(task))
            .join();
    long mine = slice();
    assertThat(asked).isEqualTo(mine > 0 && hasSlices() ? Slice.LONGEST.toNanos() : mine);
  }

  private static boolean hasSlices() {
    String[] version = System.getProperty("os.version").split("[^0-9]+", 3);
    int major = Integer.parseInt(version[0]);
    int minor = Integer.parseInt(version[1]);
    return major > FIRST_WITH_SLICES.get(0)
        || (major == FIRST_WITH_SLICES.get(0) && minor >= FIRST_WITH_SLICES.get(1));
  }

  /** The calling thread's, in nanoseconds; -1 where the kernel doesn't tell. */
  private static long slice() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/sched")).stream()
          .filter(line -> line.startsWith("se.slice "))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }
}
