package dev.banyan.lua.ngx.shared;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The entries of a dict in its zone's memory: found by their keys, and in the order of their last
 * use. An entry is the cell of its block. Not thread-safe; guarded by the dict that owns it.
 *
 * <p>Everything of an entry is in its block, links included: nginx's node takes 68 octets beside
 * key and value, ours {@value #KEY} of them. A dict of a million clients is no work for a collector
 * this way, whichever of them come.
 */
final class DictEntries {
  /** No entry. */
  static final int NONE = -1;

  /** Octets beside key and value that nginx takes for an entry. */
  static final int OVERHEAD = 68;

  private static final int HASH = 0;
  private static final int CHAIN = 4;
  private static final int NEWER = 8;
  private static final int OLDER = 12;
  private static final int EXPIRES = 16;
  private static final int FLAGS = 24;
  private static final int KEY_LENGTH = 28;
  private static final int KIND = 32;
  private static final int VALUE_LENGTH = 36;

  /** A number's or a boolean's, or where a list's own begins. */
  static final int PLAIN = 40;

  private static final int KEY = 52;

  // kinds of values
  private static final int OCTETS = 0;
  private static final int NUMBER = 1;
  private static final int BOOLEAN = 2;
  private static final int LIST = 3;

  private static final int SMALLEST_INDEX = 64;

  private final ZoneBytes bytes;
  private int[] buckets = empty(SMALLEST_INDEX);
  private int count;
  private int newest = NONE;
  private int oldest = NONE;

  DictEntries(ZoneBytes bytes) {
    this.bytes = bytes;
  }

  private static int[] empty(int size) {
    int[] buckets = new int[size];
    Arrays.fill(buckets, NONE);
    return buckets;
  }

  /** The entry of a key, or {@link #NONE}. */
  int find(String key) {
    int hash = hash(key);
    int entry = buckets[hash & (buckets.length - 1)];
    while (entry != NONE && !(bytes.getInt(entry, HASH) == hash && hasKey(entry, key))) {
      entry = bytes.getInt(entry, CHAIN);
    }
    return entry;
  }

  private static int hash(String key) {
    int hash = key.hashCode();
    return hash ^ (hash >>> 16);
  }

  private boolean hasKey(int entry, String key) {
    return bytes.getInt(entry, KEY_LENGTH) == key.length() && bytes.holds(entry, KEY, key);
  }

  /** Makes an entry of a block that nothing uses, the one last used. */
  void add(int entry, String key) {
    if (count == buckets.length) {
      grow();
    }
    int hash = hash(key);
    bytes.putInt(entry, HASH, hash);
    bytes.putInt(entry, KEY_LENGTH, key.length());
    bytes.write(entry, KEY, key);
    chain(entry, hash);
    linkNewest(entry);
    count++;
  }

  private void chain(int entry, int hash) {
    int bucket = hash & (buckets.length - 1);
    bytes.putInt(entry, CHAIN, buckets[bucket]);
    buckets[bucket] = entry;
  }

  private void grow() {
    buckets = empty(2 * buckets.length);
    for (int entry = oldest; entry != NONE; entry = newer(entry)) {
      chain(entry, bytes.getInt(entry, HASH));
    }
  }

  /** Forgets an entry; its block is the caller's again. */
  void remove(int entry) {
    unlink(entry);
    int bucket = bytes.getInt(entry, HASH) & (buckets.length - 1);
    int after = bytes.getInt(entry, CHAIN);
    if (buckets[bucket] == entry) {
      buckets[bucket] = after;
    } else {
      int before = buckets[bucket];
      while (bytes.getInt(before, CHAIN) != entry) {
        before = bytes.getInt(before, CHAIN);
      }
      bytes.putInt(before, CHAIN, after);
    }
    count--;
  }

  /** Makes it the entry that was used last. */
  void use(int entry) {
    if (entry != newest) {
      unlink(entry);
      linkNewest(entry);
    }
  }

  private void linkNewest(int entry) {
    bytes.putInt(entry, NEWER, NONE);
    bytes.putInt(entry, OLDER, newest);
    if (newest == NONE) {
      oldest = entry;
    } else {
      bytes.putInt(newest, NEWER, entry);
    }
    newest = entry;
  }

  private void unlink(int entry) {
    int newer = bytes.getInt(entry, NEWER);
    int older = bytes.getInt(entry, OLDER);
    if (newer == NONE) {
      newest = older;
    } else {
      bytes.putInt(newer, OLDER, older);
    }
    if (older == NONE) {
      oldest = newer;
    } else {
      bytes.putInt(older, NEWER, newer);
    }
  }

  /** The entry whose last use is the longest ago, or {@link #NONE}. */
  int oldest() {
    return oldest;
  }

  /** The entry used next after that one, or {@link #NONE}. */
  int newer(int entry) {
    return bytes.getInt(entry, NEWER);
  }

  String key(int entry) {
    byte[] octets = bytes.read(entry, KEY, bytes.getInt(entry, KEY_LENGTH));
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** Milliseconds since the epoch, or {@link SharedDict#FOREVER}. */
  long expires(int entry) {
    return bytes.getLong(entry, EXPIRES);
  }

  void expire(int entry, long when) {
    bytes.putLong(entry, EXPIRES, when);
  }

  boolean isExpiredAt(int entry, long now) {
    long expires = expires(entry);
    return expires != SharedDict.FOREVER && expires < now;
  }

  int flags(int entry) {
    return bytes.getInt(entry, FLAGS);
  }

  void flag(int entry, int flags) {
    bytes.putInt(entry, FLAGS, flags);
  }

  boolean isList(int entry) {
    return kind(entry) == LIST;
  }

  /** Marks what {@link DictLists} keeps there. */
  void becomesList(int entry) {
    bytes.putInt(entry, KIND, LIST);
  }

  boolean isNumber(int entry) {
    return kind(entry) == NUMBER;
  }

  double number(int entry) {
    return Double.longBitsToDouble(bytes.getLong(entry, PLAIN));
  }

  /** Another number in the place of one. */
  void putNumber(int entry, double number) {
    bytes.putLong(entry, PLAIN, Double.doubleToRawLongBits(number));
  }

  private int kind(int entry) {
    return bytes.getInt(entry, KIND);
  }

  /** Whether the entry's room is a value's of that size. */
  boolean holdsSize(int entry, int size) {
    return !isList(entry) && bytes.getInt(entry, VALUE_LENGTH) == size;
  }

  /** A value that is no list. */
  DictValue value(int entry) {
    int at = KEY + bytes.getInt(entry, KEY_LENGTH);
    return switch (kind(entry)) {
      case OCTETS -> new DictValue.Octets(bytes.read(entry, at, bytes.getInt(entry, VALUE_LENGTH)));
      case NUMBER -> DictValue.of(number(entry));
      case BOOLEAN -> DictValue.of(bytes.getLong(entry, PLAIN) != 0);
      default -> throw new IllegalStateException("a list is no plain value");
    };
  }

  /** Puts a value into an entry with room for one of its size. */
  void put(int entry, DictValue value) {
    bytes.putInt(entry, VALUE_LENGTH, value.size());
    switch (value) {
      case DictValue.Octets octets -> {
        bytes.putInt(entry, KIND, OCTETS);
        bytes.write(entry, KEY + bytes.getInt(entry, KEY_LENGTH), octets.bytes());
      }
      case DictValue.Num number -> {
        bytes.putInt(entry, KIND, NUMBER);
        putNumber(entry, number.value());
      }
      case DictValue.Bool flag -> {
        bytes.putInt(entry, KIND, BOOLEAN);
        bytes.putLong(entry, PLAIN, flag.value() ? 1 : 0);
      }
    }
  }
}
