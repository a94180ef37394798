package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import dev.banyan.fiber.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Thread-safe: work on cached files, on threads that may wait for the disk. A request has one such
 * task at a time, so requests bound what waits here. Threads start when there is work and end when
 * there is none.
 */
final class DiskWork implements AutoCloseable {
  private static final int THREADS = 4;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ThreadPoolExecutor threads;

  DiskWork() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("banyan-disk-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Something that is done with files. */
  @FunctionalInterface
  interface Task<T> {
    T run() throws IOException;
  }

  /** Has it done and parks the current fiber until then. */
  <T> T await(Task<T> task) throws IOException {
    Loop loop = Fiber.current().loop();
    Promise<T> done = new Promise<>();
    try {
      threads.execute(() -> {
        try {
          T result = task.run();
          loop.execute(() -> done.complete(result));
        } catch (IOException | RuntimeException | Error e) {
          loop.execute(() -> done.fail(e));
        }
      });
    } catch (RejectedExecutionException e) {
      throw new IOException("the server stops", e);
    }
    return done.await();
  }

  /** Has it done; nobody waits for it or is told. */
  void later(Task<?> task) {
    try {
      threads.execute(() -> {
        try {
          task.run();
        } catch (IOException e) {
          // what is left behind is found by the next start
        }
      });
    } catch (RejectedExecutionException e) {
      // the server stops: as above
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
