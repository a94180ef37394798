package dev.banyan.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A program for {@link HeapPaceTest}: what it allocates lives until it is old and dies then, as
 * what waits in a queue does. Prints how many MiB its old generation held at most, and how many it
 * holds after a second in which nothing happens.
 */
final class OldGarbage {
  private static final int MEBIBYTE = 1 << 20;
  private static final int ALIVE = 24;
  private static final int ALLOCATED = 600;

  private OldGarbage() {}

  public static void main(String... args) throws InterruptedException {
    MemoryPoolMXBean old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Tenured Gen"))
            .findAny()
            .orElseThrow();
    long most = 0;
    Queue<byte[]> waiting = new ArrayDeque<>();
    try (HeapPace _ = HeapPace.start(Duration.ofMillis(10))) {
      for (int i = 0; i < ALLOCATED; i++) {
        waiting.add(new byte[MEBIBYTE]);
        if (waiting.size() > ALIVE) {
          waiting.remove();
        }
        Thread.sleep(2);
        most = Math.max(most, old.getUsage().getUsed());
      }
      waiting.clear();
      Thread.sleep(1_000);
    }
    System.out.println(most / MEBIBYTE + " " + old.getUsage().getUsed() / MEBIBYTE);
  }
}
