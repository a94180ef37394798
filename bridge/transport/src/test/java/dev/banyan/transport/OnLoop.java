package dev.banyan.transport;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs a test's step in a fiber of a loop and waits for it. */
final class OnLoop {
  private OnLoop() {}

  static <T> T call(Loop loop, Supplier<T> step) throws InterruptedException, TimeoutException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Fiber.submit(
        loop,
        "test",
        () -> {
          try {
            result.complete(step.get());
          } catch (RuntimeException | AssertionError e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    }
  }

  static void run(Loop loop, Runnable step) throws InterruptedException, TimeoutException {
    call(
        loop,
        () -> {
          step.run();
          return true;
        });
  }
}
