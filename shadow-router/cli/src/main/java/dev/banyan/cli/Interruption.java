package dev.banyan.cli;

import dev.banyan.duel.run.Duel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, Ctrl-C and SIGTERM end a duel early instead of at once: its report is written
 * first.
 */
final class Interruption implements AutoCloseable {
  /** How long the process waits for the report: for what is asked again, and for the disk. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Duel duel) {
    this.hook =
        Thread.ofPlatform()
            .name("banyan-duel-end")
            .unstarted(() -> {
              duel.stop();
              await();
            });
  }

  /** Begins to listen. */
  static Interruption ends(Duel duel) {
    Interruption interruption = new Interruption(duel);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void await() {
    try {
      boolean _ = reported.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The report is written, or the duel has failed. */
  @Override
  public void close() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending, which is what the hook was for
    }
  }
}
