package dev.banyan.it.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until a server accepts connections. */
public final class Listening {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAUSE_MILLIS = 20;

  private Listening() {}

  /** Returns when {@code address} accepts; fails when the server has ended or takes too long. */
  public static void await(InetSocketAddress address, BooleanSupplier alive) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && alive.getAsBoolean()) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1000);
        return;
      } catch (IOException notYet) {
        pause(notYet);
      }
    }
    throw new IOException("nothing accepts connections at " + address);
  }

  private static void pause(IOException reason) throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }
}
