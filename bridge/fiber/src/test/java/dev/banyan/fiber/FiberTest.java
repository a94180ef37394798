package dev.banyan.fiber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FiberTest {
  private static final ContinuationScope INNER = new ContinuationScope("inner");
  private final ThreadLoop loop = new ThreadLoop("test-loop");

  @AfterEach
  void stop() {
    loop.close();
  }

  private <T> T inFiber(Supplier<T> body) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Fiber.submit(
        loop,
        "test",
        () -> {
          try {
            result.complete(body.get());
          } catch (Throwable t) {
            result.completeExceptionally(t);
          }
        });
    return result.get(60, TimeUnit.SECONDS);
  }

  @Test
  void sleepGivesTheLoopToOthersAndReturnsOnTheSameThread() throws Exception {
    List<String> order = new ArrayList<>();
    boolean same =
        inFiber(() -> {
          Thread before = Thread.currentThread();
          loop.execute(() -> order.add("other task"));
          Fiber.sleep(Duration.ofMillis(5));
          order.add("after sleep");
          return Thread.currentThread() == before;
        });
    assertThat(same).isTrue();
    assertThat(order).containsExactly("other task", "after sleep");
  }

  @Test
  void parkingInsideNestedContinuationsOfAnotherScopeSuspendsTheWholeChain() throws Exception {
    List<String> order = new ArrayList<>();
    inFiber(() -> {
      Continuation inner =
          new Continuation(
              INNER,
              () -> {
                Continuation innermost =
                    new Continuation(
                        INNER,
                        () -> {
                          Fiber.sleep(Duration.ofMillis(5));
                          order.add("innermost");
                          Continuation.yield(INNER);
                          Fiber.sleep(Duration.ofMillis(5));
                          order.add("innermost again");
                        });
                innermost.run();
                order.add("inner");
                Continuation.yield(INNER);
                innermost.run();
              });
      loop.execute(() -> order.add("loop is free"));
      inner.run();
      order.add("outer");
      inner.run();
      return inner.isDone();
    });
    assertThat(order)
        .containsExactly("loop is free", "innermost", "inner", "outer", "innermost again");
  }

  @Test
  void aFiberStartedInsideAFiberRunsAtOnceAndLivesOnAlone() throws Exception {
    List<String> order = new ArrayList<>();
    inFiber(() -> {
      Promise<String> fromChild = new Promise<>();
      Fiber.start(
          loop,
          "child",
          () -> {
            order.add("child starts");
            Fiber.sleep(Duration.ofMillis(10));
            order.add("child ends");
            fromChild.complete("done");
          });
      order.add("parent goes on");
      return fromChild.await();
    });
    assertThat(order).containsExactly("child starts", "parent goes on", "child ends");
  }

  @Test
  void killUnwindsThroughFinallyBlocks() throws Exception {
    List<String> order = new ArrayList<>();
    inFiber(() -> {
      Fiber child =
          Fiber.start(
              loop,
              "child",
              () -> {
                try {
                  Fiber.park();
                  order.add("never");
                } finally {
                  order.add("cleaned up");
                }
              });
      child.kill("test");
      Fiber.sleep(Duration.ofMillis(5));
      return child.isDone();
    });
    assertThat(order).containsExactly("cleaned up");
  }

  @Test
  void anUnparkBeforeTheParkIsNotLost() throws Exception {
    boolean woke =
        inFiber(() -> {
          Fiber me = Fiber.current();
          CompletableFuture.runAsync(me::unpark).join();
          return Fiber.park(Duration.ofSeconds(2));
        });
    assertThat(woke).isTrue();
  }

  @Test
  void awaitGivesUpWhenTheTimeIsOver() {
    assertThatThrownBy(() ->
            inFiber(() -> {
              try {
                return new Promise<String>().await(Duration.ofMillis(5));
              } catch (TimeoutException e) {
                throw new IllegalStateException("timed out", e);
              }
            }))
        .hasMessageContaining("timed out");
  }

  @Test
  void aHundredThousandParkedFibersNeedNoThreads() throws Exception {
    int threads = Thread.activeCount();
    int count =
        inFiber(() -> {
          Promise<String> gate = new Promise<>();
          int[] through = {0};
          for (int i = 0; i < 100_000; i++) {
            Fiber.start(
                loop,
                "waiter",
                () -> {
                  gate.await();
                  through[0]++;
                });
          }
          assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 1);
          gate.complete("open");
          Fiber.sleep(Duration.ofMillis(50));
          return through[0];
        });
    assertThat(count).isEqualTo(100_000);
  }
}
