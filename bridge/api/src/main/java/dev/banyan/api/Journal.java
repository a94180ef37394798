package dev.banyan.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe until it is complete: what one call of the control read from the world, in order,
 * and what it wrote there. Then handed to the candidate, which gets the same answers.
 */
public final class Journal {
  /** The most entries of one call; a call with more is not shadowed. */
  public static final int MAX_ENTRIES = 1_000;

  /** The most octets of all entries of one call together. */
  public static final int MAX_OCTETS = 1 << 20;

  /** The level of a journal that notes no lines of the error log. */
  public static final int NO_LINES = -1;

  private final long millis;
  private final int lineLevel;
  private List<Entry> entries = List.of(); // most calls ask for nothing
  private int octets;
  private boolean overflowed;

  /** A journal of a call that begins at that time of its worker's clock. */
  public Journal(long millis) {
    this(millis, NO_LINES);
  }

  /**
   * A journal that also notes what the call writes to the error log.
   *
   * @param lineLevel the least severe level of nginx that is noted; {@link #NO_LINES} for none
   */
  public Journal(long millis, int lineLevel) {
    this.millis = millis;
    this.lineLevel = lineLevel;
  }

  /** One thing that was asked of the world. */
  public sealed interface Entry {
    /** A draw from Lua's random numbers. */
    record Draw(double value) implements Entry {}

    /** The worker's time, in milliseconds, read by the control. */
    record Time(long millis) implements Entry {}

    /**
     * A call of a shared dict.
     *
     * @param operation the name of the method of {@link Dict}
     * @param key the key, empty when all are listed
     * @param arguments what followed the key, in the terms of {@link Dict}
     * @param answer what it answered, in the terms of {@link Dict}
     */
    record DictCall(
        String dict,
        String operation,
        String key,
        List<@Nullable Object> arguments,
        @Nullable Object answer)
        implements Entry {}

    /**
     * A socket was connected.
     *
     * @param socket tells its entries from those of others
     */
    record Connected(long socket, Transport transport, String host, int port) implements Entry {}

    /** Octets were sent on a socket; of {@code UDP}, one datagram. */
    record Sent(long socket, byte[] octets) implements Entry {}

    /** Octets came on a socket; of {@code UDP}, one datagram. */
    record Received(long socket, byte[] octets) implements Entry {}

    /** The addresses of a name. */
    record Resolved(String name, List<String> addresses) implements Entry {}

    /**
     * What was asked for: {@code peer} or {@code more tries} of the upstream and its value, a
     * {@code timer} and its delay in seconds, or a {@link #PROCESS} and its command.
     */
    record Chose(String what, String value) implements Entry {
      /** A process was started, which no port can do in Lua's place. */
      public static final String PROCESS = "process";
    }

    /**
     * A line that was written to the error log.
     *
     * @param level of nginx, 4 is error
     * @param message without the place in the code, which no other code can share
     */
    record Logged(int level, String message) implements Entry {
      private static final List<String> LEVELS =
          List.of("stderr", "emerg", "alert", "crit", "error", "warn", "notice", "info", "debug");

      /** As it is compared and shown: {@code warn: no such tenant}. */
      public String line() {
        String name = level >= 0 && level < LEVELS.size() ? LEVELS.get(level) : "level " + level;
        return name + ": " + message;
      }
    }
  }

  /** What a socket carries. */
  public enum Transport {
    /** A stream of octets. */
    TCP,
    /** Datagrams. */
    UDP
  }

  /** Notes an entry that weighs about {@code weight} octets. */
  public void add(Entry entry, int weight) {
    octets += weight;
    if (entries.size() >= MAX_ENTRIES || octets > MAX_OCTETS) {
      overflowed = true;
    } else {
      if (entries.isEmpty()) {
        entries = new ArrayList<>(4);
      }
      entries.add(entry);
    }
  }

  /** Whether there was more than the bounds allow: the candidate can't be given the same world. */
  public boolean overflowed() {
    return overflowed;
  }

  /** The worker's time when the call began, in milliseconds. */
  public long millis() {
    return millis;
  }

  /** The least severe level of the error log that is noted, {@link #NO_LINES} for none. */
  public int lineLevel() {
    return lineLevel;
  }

  /** Whether a line of this level is noted. */
  public boolean notes(int level) {
    return level <= lineLevel;
  }

  /** The lines that were noted, in order. */
  public List<String> lines() {
    if (entries.isEmpty()) {
      return List.of();
    }
    return entries.stream()
        .filter(Entry.Logged.class::isInstance)
        .map(entry -> ((Entry.Logged) entry).line())
        .toList();
  }

  /** What was noted, in order. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}
