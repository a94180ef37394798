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

  private final long millis;
  private final List<Entry> entries = new ArrayList<>(4);
  private int octets;
  private boolean overflowed;

  /** A journal of a call that begins at that time of its worker's clock. */
  public Journal(long millis) {
    this.millis = millis;
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
     * What was asked for: {@code peer} or {@code more tries} of the upstream and its value, or a
     * {@code timer} and its delay in seconds.
     */
    record Chose(String what, String value) implements Entry {}
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

  /** What was noted, in order. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}
