package dev.banyan.server.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ShadowExecutorTest {
  private final ShadowExecutor executor = new ShadowExecutor(1, 2);

  @AfterEach
  void close() {
    executor.close();
  }

  private static int bottomless(int depth) {
    return depth < 0 ? depth : bottomless(depth + 1) + 1;
  }

  @Test
  void whatFindsNoRoomIsShedWithoutWaiting() {
    CountDownLatch busy = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    Runnable observation =
        () -> {
          try {
            busy.await();
            ran.incrementAndGet();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    executor.submit(observation);
    await().until(() -> executor.waiting() == 0);
    int taken = 0;
    for (int i = 0; i < 9; i++) {
      taken += executor.submit(observation) ? 1 : 0;
    }

    assertThat(taken).isEqualTo(2);
    assertThat(executor.shedTotal()).isEqualTo(7);
    assertThat(executor.waiting()).isEqualTo(2);
    busy.countDown();
    await().until(() -> ran.get() == 3);
  }

  @Test
  void whatWouldFindNoRoomIsShedBeforeItIsMade() {
    CountDownLatch busy = new CountDownLatch(1);
    Runnable observation =
        () -> {
          try {
            busy.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    executor.submit(observation);
    await().until(() -> executor.waiting() == 0);
    assertThat(executor.admits()).isTrue();
    executor.submit(observation);
    executor.submit(observation);

    assertThat(executor.admits()).isFalse();
    assertThat(executor.shedTotal()).isEqualTo(1);
    busy.countDown();
    await().until(() -> executor.unfinished() == 0);
    assertThat(executor.admits()).isTrue();
    assertThat(executor.shedTotal()).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void allOtherThreadsGoBeforeItsOwn() throws IOException {
    AtomicInteger ran = new AtomicInteger();
    try (ShadowExecutor nice = new ShadowExecutor(2, 10, 7)) {
      nice.submit(ran::incrementAndGet);
      await().until(() -> ran.get() == 1 && nice.niceness() == 7);
      int plain = nicenesses().getFirst();
      int nicer = Math.min(Niceness.MOST, plain + 7);
      await().until(() -> nicenesses().equals(List.of(plain, nicer, nicer)));
    }
    assertThat(executor.niceness()).isZero();
  }

  /** The niceness of each of the shadow's threads, in order, as the system has it. */
  private static List<Integer> nicenesses() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks
          .map(ShadowExecutorTest::stat)
          .filter(stat -> stat.contains("(banyan-shadow-"))
          .map(stat -> Integer.valueOf(stat.substring(stat.indexOf(") ") + 2).split(" ", -1)[16]))
          .sorted()
          .toList();
    }
  }

  private static String stat(Path task) {
    try {
      return Files.readString(task.resolve("stat"));
    } catch (IOException e) {
      return ""; // the thread has just ended
    }
  }

  @Test
  void whatOthersGoBeforeIsShedOnceTheQueueIsHalfFull() {
    CountDownLatch busy = new CountDownLatch(1);
    try (ShadowExecutor roomy = new ShadowExecutor(1, 10)) {
      roomy.submit(() -> {
        try {
          busy.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      await().until(() -> roomy.waiting() == 0);
      int taken = 0;
      for (int i = 0; i < 10; i++) {
        taken += roomy.submitLast(() -> {}) ? 1 : 0;
      }
      assertThat(taken).isEqualTo(6);
      assertThat(roomy.submit(() -> {})).isTrue();
      busy.countDown();
    }
  }

  @Test
  void whateverFailsIsContainedAndTheNextOneRuns() {
    AtomicInteger ran = new AtomicInteger();
    executor.submit(() -> bottomless(0));
    await().until(() -> executor.failedTotal() == 1);
    executor.submit(() -> {
      throw new LinkageError("a port that doesn't fit");
    });
    await().until(() -> executor.failedTotal() == 2);
    executor.submit(ran::incrementAndGet);
    await().until(() -> ran.get() == 1);
  }

  @Test
  void threadsThatHadNothingToDoForLongWakeForWhatComes() throws InterruptedException {
    AtomicInteger ran = new AtomicInteger();
    executor.submit(ran::incrementAndGet);
    await().until(() -> ran.get() == 1);
    await().until(() -> threadState() == Thread.State.WAITING);
    executor.submit(ran::incrementAndGet);
    await().until(() -> ran.get() == 2);
  }

  private static Thread.State threadState() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("banyan-shadow-1"))
        .findFirst()
        .orElseThrow()
        .getState();
  }

  @Test
  void aClosedExecutorShedsQuietly() {
    executor.close();
    assertThat(executor.submit(() -> {})).isFalse();
    assertThat(executor.shedTotal()).isEqualTo(1);
  }
}
