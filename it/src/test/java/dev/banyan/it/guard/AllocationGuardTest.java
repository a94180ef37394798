package dev.banyan.it.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.banyan.it.edge.Banyan;
import dev.banyan.it.parity.Side;
import dev.banyan.it.wire.RawClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds what the workers allocate for a request of the sample legacy to a budget. Octets per
 * request hardly depend on the machine, unlike its time: a change that makes every request dearer
 * is seen here before a benchmark is run. Tests run without the second compiler, which would do
 * away with a tenth of it, more or less by what it has inlined: without it the figures are steady.
 */
final class AllocationGuardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** So many requests make the compilers do away with what only the interpreter allocates. */
  private static final int WARM = 6_000;

  private static final int MEASURED = 2_000;

  /** Rounds until one takes no less than the one before, but for a fiftieth. */
  private static final int MOST_ROUNDS = 6;

  private static final int SETTLED = 50;

  /** Fewer than {@code keepalive_requests}, and both of the others are multiples of it. */
  private static final int ON_ONE_CONNECTION = 500;

  @TempDir Path directory;

  @Test
  void aRequestWithoutLuaStaysWithinItsBudget() throws IOException {
    assertThat(octetsPerRequest(Banyan.withoutLua())).isBetween(2_000L, 22_000L);
  }

  @Test
  void aRequestOfTheLuaPipelineStaysWithinItsBudget() throws IOException {
    assertThat(octetsPerRequest(Banyan.withAllPorts("lua"))).isBetween(2_000L, 48_500L);
  }

  private long octetsPerRequest(Banyan banyan) throws IOException {
    try (Side side = Side.start(banyan, directory.resolve("banyan"))) {
      ask(side, WARM);
      long each = round(side);
      for (int i = 0; i < MOST_ROUNDS; i++) { // the compilers are late on a machine with other work
        long next = round(side);
        boolean settled = next > each - each / SETTLED;
        each = next;
        if (settled) {
          break;
        }
      }
      System.out.println(banyan.name() + ": " + each + " octets allocated a request");
      return each;
    }
  }

  private static long round(Side side) throws IOException {
    long before = allocated();
    ask(side, MEASURED);
    return (allocated() - before) / MEASURED;
  }

  private static void ask(Side side, int count) throws IOException {
    for (int from = 0; from < count; from += ON_ONE_CONNECTION) {
      try (RawClient client = RawClient.connect(side.address(), PATIENCE)) {
        ask(client, from, from + ON_ONE_CONNECTION);
      }
    }
  }

  private static void ask(RawClient client, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      byte[] request =
          """
          GET /shop?q=blue+shoes&page=%d HTTP/1.1\r
          Host: t006.example.com\r
          User-Agent: Mozilla/5.0 (X11) Firefox/99\r
          Accept: */*\r
          X-Forwarded-For: 10.%d.%d.7\r
          \r
          """
              .formatted(i, i % 200, i / 200)
              .getBytes(StandardCharsets.ISO_8859_1);
      assertThat(client.exchange(request, "GET").status()).isEqualTo(200);
    }
  }

  private static long allocated() {
    long sum = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("banyan-worker")) {
        sum += THREADS.getThreadAllocatedBytes(thread.threadId());
      }
    }
    return sum;
  }
}
