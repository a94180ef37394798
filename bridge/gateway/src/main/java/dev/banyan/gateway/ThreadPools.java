package dev.banyan.gateway;

import dev.banyan.nginx.MainConf;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the {@code thread_pool}s of one configuration. Threads start when tasks come, and
 * end when none came for a while, so a configuration that is no longer in service leaves none.
 */
final class ThreadPools {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Map<String, Executor> pools = new HashMap<>();

  ThreadPools(Map<String, MainConf.ThreadPool> configured) {
    configured.forEach((name, pool) -> pools.put(name, start(name, pool)));
  }

  /** The pool of a name, which refuses what its queue has no place for; null for none. */
  @Nullable Executor pool(String name) {
    return pools.get(name);
  }

  private static Executor start(String name, MainConf.ThreadPool pool) {
    BlockingQueue<Runnable> queue =
        pool.maxQueue() == 0
            ? new SynchronousQueue<>()
            : new LinkedBlockingQueue<>(pool.maxQueue());
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            pool.threads(),
            pool.threads(),
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            queue,
            Thread.ofPlatform().daemon().name("thread-pool-" + name + "-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
