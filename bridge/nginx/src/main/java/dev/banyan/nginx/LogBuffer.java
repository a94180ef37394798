package dev.banyan.nginx;

import java.time.Duration;

/**
 * How the lines of a log's file gather before they are written: {@code buffer}, {@code flush} and
 * {@code gzip} of an {@code access_log}.
 *
 * @param size the octets that gather
 * @param flush how long a line may wait; zero for as long as there is room
 * @param level of the compression, 1 to 9; 0 writes them as they are
 */
public record LogBuffer(int size, Duration flush, int level) {
  /** What gathers where {@code gzip} says nothing of it. */
  public static final int COMPRESSED_SIZE = 64 << 10;
}
