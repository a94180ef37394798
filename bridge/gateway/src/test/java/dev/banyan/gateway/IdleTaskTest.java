package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdleTaskTest {
  private static final String SERVER =
      """
      location /waits {
        content_by_lua_block { for _ = 1, 100 do ngx.sleep(0.003) end ngx.print('waited') }
      }
      location /quick { content_by_lua_block { ngx.print('at once') } }
      """;

  @TempDir Path prefix;

  @Test
  void runsWhileNoRequestIsUnderWayAndNotWhileOneWaits() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    AtomicBoolean counting = new AtomicBoolean();
    Runnable task =
        () -> {
          if (counting.get()) {
            runs.incrementAndGet();
          }
        };
    try (Served served = Served.idling(prefix, SERVER, task)) {
      served.get("/quick");
      Thread waiting = Thread.ofVirtual().start(() -> served.get("/waits"));
      Thread.sleep(100); // the loop rests every few milliseconds
      counting.set(true);
      Thread.sleep(100);
      counting.set(false);
      assertThat(runs).hasValue(0);
      waiting.join();
      counting.set(true);
      assertThat(served.get("/quick")).contains("at once");
      await(runs);
    }
  }

  private static void await(AtomicInteger runs) throws InterruptedException {
    for (int i = 0; i < 3_000 && runs.get() == 0; i++) {
      Thread.sleep(10);
    }
    assertThat(runs).hasPositiveValue();
  }
}
