package dev.banyan.server.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
