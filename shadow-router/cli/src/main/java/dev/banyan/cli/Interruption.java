package dev.banyan.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, Ctrl-C and SIGTERM end what a command does early instead of at once: what it
 * has until then is written first.
 */
final class Interruption implements AutoCloseable {
  /** How long the process waits for that: for what is asked again, and for the disk. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Runnable stop) {
    this.hook =
        Thread.ofPlatform()
            .name("banyan-early-end")
            .unstarted(() -> {
              stop.run();
              await();
            });
  }

  /**
   * Begins to listen.
   *
   * @param stop lets the command's work come to its end
   */
  static Interruption ends(Runnable stop) {
    Interruption interruption = new Interruption(stop);
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

  /** All is written, or the work has failed. */
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
