package dev.banyan.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of a process's connections, from 1, that {@code $connection} and the error log tell.
 * What runs without a client counts as one, and so does each connection to another server, as in
 * nginx.
 */
public final class ConnectionNumbers {
  private static final AtomicLong TAKEN = new AtomicLong();

  private ConnectionNumbers() {}

  /** The next number, which no other connection has. */
  public static long next() {
    return TAKEN.incrementAndGet();
  }
}
