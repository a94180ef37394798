package dev.banyan.lua.ngx.shared;

import dev.banyan.lua.ngx.shared.DictFailure.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary that all workers share, seen with one clock. A worker's handle has the worker's
 * cached time, so that nothing expires between two calls of one run of Lua code, as in nginx, whose
 * dicts read {@code ngx_timeofday}. Thread-safe where its clock is: every operation is atomic. Keys
 * are octet strings of 1 to {@value #LONGEST_KEY} bytes; the caller checks them.
 */
public final class SharedDict {
  /** The longest key. */
  public static final int LONGEST_KEY = 65535;

  /** The smallest capacity in bytes; less holds no page. */
  public static final long SMALLEST_CAPACITY = 8 * 1024;

  /** Time to live of an entry that never expires. */
  public static final long FOREVER = 0;

  private final DictStore store;
  private final LongSupplier clock;

  /**
   * An empty dict.
   *
   * @param capacity in bytes; entries and bookkeeping share it
   * @param clock milliseconds since the epoch
   */
  public SharedDict(String name, long capacity, LongSupplier clock) {
    this(new DictStore(name, capacity), clock);
  }

  private SharedDict(DictStore store, LongSupplier clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The same dict, seen with another clock of milliseconds since the epoch. */
  public SharedDict at(LongSupplier time) {
    return new SharedDict(store, time);
  }

  /** A value as it was found. */
  public record Found(DictValue value, int flags, boolean stale) {}

  /** What storing led to: the reason it did not, if so, and whether live entries were evicted. */
  public record Stored(@Nullable Reason refusal, boolean forcible) {
    static final Stored PLAIN = new Stored(null, false);

    /** Whether the value is stored. */
    public boolean done() {
      return refusal == null;
    }
  }

  /** A counter's new value, and whether live entries were evicted to begin it. */
  public record Counted(double value, boolean forcible) {}

  /** Which end of a list. */
  public enum End {
    /** The first item. */
    LEFT,
    /** The last item. */
    RIGHT
  }

  /** The name in the configuration. */
  public String name() {
    return store.name();
  }

  /** The configured size in bytes. */
  public long capacity() {
    return store.capacity();
  }

  /** Bytes in pages that nothing uses; 0 does not mean that nothing fits. */
  public long freeSpace() {
    return store.freeSpace();
  }

  /**
   * The live value of a key.
   *
   * @throws DictFailure when the value is a list
   */
  public @Nullable Found get(String key) {
    return store.get(clock.getAsLong(), key);
  }

  /** The value of a key even if it has expired and was not yet dropped. */
  public @Nullable Found getStale(String key) {
    return store.getStale(clock.getAsLong(), key);
  }

  /** Stores a value under the mode's condition. */
  public Stored store(StoreMode mode, String key, DictValue value, long ttlMillis, int flags) {
    return store.store(clock.getAsLong(), mode, key, value, ttlMillis, flags);
  }

  /** Stores a value in any case. */
  public Stored set(String key, DictValue value, long ttlMillis) {
    return store(StoreMode.SET, key, value, ttlMillis, 0);
  }

  /** Removes a key. */
  public void delete(String key) {
    store.delete(clock.getAsLong(), key);
  }

  /**
   * Adds to a number.
   *
   * @param init what a missing number begins with; empty to fail instead
   * @param ttlMillis how long a number that begins now lives
   * @throws DictFailure when there is no number, or no room for it
   */
  public Counted increment(String key, double by, OptionalDouble init, long ttlMillis) {
    return store.increment(clock.getAsLong(), key, by, init, ttlMillis);
  }

  /**
   * Adds an item to a list, which begins with it if there is none; answers the list's length.
   *
   * @throws DictFailure when the value is no list or there is no room
   */
  public int push(End end, String key, DictValue value) {
    return store.push(clock.getAsLong(), end, key, value);
  }

  /**
   * Takes an item from a list; empty when there is none.
   *
   * @throws DictFailure when the value is no list
   */
  public Optional<DictValue> pop(End end, String key) {
    return store.pop(clock.getAsLong(), end, key);
  }

  /**
   * A list's length, 0 for none.
   *
   * @throws DictFailure when the value is no list
   */
  public int length(String key) {
    return store.length(clock.getAsLong(), key);
  }

  /** Milliseconds until a key expires, {@link #FOREVER} if never; empty for a missing key. */
  public OptionalLong timeToLive(String key) {
    return store.timeToLive(clock.getAsLong(), key);
  }

  /** Changes when a key expires; false for a missing key. */
  public boolean expire(String key, long ttlMillis) {
    return store.expire(clock.getAsLong(), key, ttlMillis);
  }

  /** Lets every entry expire at once. The room is given back as the entries are dropped. */
  public void flushAll() {
    store.flushAll(clock.getAsLong());
  }

  /** Drops expired entries, at most {@code most} of them unless that is 0; answers how many. */
  public int flushExpired(int most) {
    return store.flushExpired(clock.getAsLong(), most);
  }

  /** The live keys, least recently used first, at most {@code most} of them unless that is 0. */
  public List<String> keys(int most) {
    return store.keys(clock.getAsLong(), most);
  }
}
