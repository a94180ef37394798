package dev.banyan.duel.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for the event loop from another thread. */
final class Waiting {
  private Waiting() {}

  static <T extends @Nullable Object> T of(CompletableFuture<T> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a duel failed: " + e.getCause(), e.getCause());
    }
  }
}
