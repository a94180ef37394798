package dev.banyan.it.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Owned by one test: one user who asks for what is planted until it is closed. */
final class PlantedTraffic implements AutoCloseable {
  private static final int NUMBERS = 40;
  private static final int PAUSE_MILLIS = 50;

  private final ExecutorService user = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> asking;
  private volatile boolean over;

  PlantedTraffic(PlantedEdge edge, String... plants) {
    asking = CompletableFuture.runAsync(() -> ask(edge, plants), user);
  }

  private void ask(PlantedEdge edge, String... plants) {
    try {
      for (int i = 0; !over; i++) {
        for (String plant : plants) {
          edge.ask(plant, 1 + i % NUMBERS);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over = true;
    try (user) {
      asking.join();
    }
  }
}
