package dev.banyan.lua.ngx.shared;

import dev.banyan.lua.ngx.shared.DictFailure.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of one dict share, bounded by its capacity as nginx's memory zones are.
 * Thread-safe: every operation is atomic. {@code now} is the caller's time in milliseconds since
 * the epoch: nginx's workers each bring their own cached one. {@link SharedDict} says what each
 * operation does.
 *
 * <p>Each access moves its entry to the front of an LRU list. Whatever needs room and does not get
 * it evicts from the list's end, and each access looks at the last two entries for expired ones. An
 * expired entry stays readable by {@link #getStale} until then.
 */
final class DictStore {
  private static final int EVICTION_ROUNDS = 30;
  private static final int ENTRY_OVERHEAD = 68;
  private static final int LIST_OVERHEAD = 16;
  private static final int LIST_ITEM_OVERHEAD = 21;
  private static final int CONTEXT_SIZE = 80;
  private static final int LOG_CONTEXT_SIZE = 26;

  private final String name;
  private final long capacity;
  private final SlabPool slab;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Entry ends = new Entry("", 0);

  /**
   * An empty dict.
   *
   * @param capacity in bytes; entries and bookkeeping share it
   */
  DictStore(String name, long capacity) {
    if (capacity < SharedDict.SMALLEST_CAPACITY) {
      throw new IllegalArgumentException("invalid lua shared dict size \"" + capacity + "\"");
    }
    this.name = name;
    this.capacity = capacity;
    this.slab = new SlabPool(capacity);
    slab.allocate(CONTEXT_SIZE);
    slab.allocate(LOG_CONTEXT_SIZE + name.length());
  }

  String name() {
    return name;
  }

  long capacity() {
    return capacity;
  }

  synchronized long freeSpace() {
    return (long) slab.freePages() * SlabPool.PAGE;
  }

  synchronized SharedDict.@Nullable Found get(long now, String key) {
    dropExpired(now);
    Entry entry = touch(key);
    return entry == null || entry.expiredAt(now) ? null : entry.found(false);
  }

  synchronized SharedDict.@Nullable Found getStale(long now, String key) {
    Entry entry = touch(key);
    return entry == null ? null : entry.found(entry.expiredAt(now));
  }

  synchronized SharedDict.Stored store(
      long now, StoreMode mode, String key, DictValue value, long ttlMillis, int flags) {
    dropExpired(now);
    Entry old = touch(key);
    boolean live = old != null && !old.expiredAt(now);
    if (mode == StoreMode.REPLACE && !live) {
      return new SharedDict.Stored(Reason.NOT_FOUND, false);
    }
    if (mode.onlyNew() && live) {
      return new SharedDict.Stored(Reason.EXISTS, false);
    }
    long expires = ttlMillis > 0 ? now + ttlMillis : SharedDict.FOREVER;
    if (old != null && old.holdsSizeOf(value)) {
      old.set(value, expires, flags);
      return SharedDict.Stored.PLAIN;
    }
    if (old != null) {
      remove(old);
    }
    return insert(now, key, value, expires, flags, mode.safe());
  }

  synchronized void delete(long now, String key) {
    dropExpired(now);
    Entry entry = touch(key);
    if (entry != null) {
      remove(entry);
    }
  }

  synchronized SharedDict.Counted increment(
      long now, String key, double by, OptionalDouble init, long ttlMillis) {
    dropExpired(now);
    Entry entry = touch(key);
    if (entry != null && !entry.expiredAt(now)) {
      if (!(entry.value instanceof DictValue.Num number)) {
        throw new DictFailure(Reason.NOT_A_NUMBER);
      }
      entry.value = DictValue.of(number.value() + by);
      return new SharedDict.Counted(number.value() + by, false);
    }
    if (init.isEmpty()) {
      throw new DictFailure(Reason.NOT_FOUND);
    }
    DictValue sum = DictValue.of(init.getAsDouble() + by);
    long expires = ttlMillis > 0 ? now + ttlMillis : SharedDict.FOREVER;
    if (entry != null && entry.holdsSizeOf(sum)) {
      entry.set(sum, expires, 0);
      return new SharedDict.Counted(init.getAsDouble() + by, false);
    }
    if (entry != null) {
      remove(entry);
    }
    SharedDict.Stored stored = insert(now, key, sum, expires, 0, false);
    if (stored.refusal() != null) {
      throw new DictFailure(stored.refusal());
    }
    return new SharedDict.Counted(init.getAsDouble() + by, stored.forcible());
  }

  synchronized int push(long now, SharedDict.End end, String key, DictValue value) {
    dropExpired(now);
    Entry entry = touch(key);
    if (entry != null && entry.expiredAt(now)) {
      remove(entry);
      entry = null;
    }
    if (entry == null) {
      entry = beginList(key);
    }
    ArrayDeque<Item> items = entry.itemsOrFail();
    int block = slab.allocate(LIST_ITEM_OVERHEAD + value.size());
    if (block == SlabPool.NO_ROOM) {
      if (items.isEmpty()) {
        remove(entry);
      }
      throw new DictFailure(Reason.NO_MEMORY);
    }
    Item item = new Item(value, block);
    switch (end) {
      case LEFT -> items.addFirst(item);
      case RIGHT -> items.addLast(item);
    }
    return items.size();
  }

  synchronized Optional<DictValue> pop(long now, SharedDict.End end, String key) {
    dropExpired(now);
    Entry entry = touch(key);
    if (entry == null || entry.expiredAt(now)) {
      return Optional.empty();
    }
    ArrayDeque<Item> items = entry.itemsOrFail();
    Item item =
        switch (end) {
          case LEFT -> items.removeFirst();
          case RIGHT -> items.removeLast();
        };
    slab.free(item.block());
    if (items.isEmpty()) {
      remove(entry);
    }
    return Optional.of(item.value());
  }

  synchronized int length(long now, String key) {
    dropExpired(now);
    Entry entry = touch(key);
    return entry == null || entry.expiredAt(now) ? 0 : entry.itemsOrFail().size();
  }

  synchronized OptionalLong timeToLive(long now, String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        entry.expires == SharedDict.FOREVER ? SharedDict.FOREVER : entry.expires - now);
  }

  synchronized boolean expire(long now, String key, long ttlMillis) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return false;
    }
    entry.expires = ttlMillis > 0 ? now + ttlMillis : SharedDict.FOREVER;
    return true;
  }

  synchronized void flushAll(long now) {
    entries.values().forEach(entry -> entry.expires = 1);
    evict(now, true);
  }

  synchronized int flushExpired(long now, int most) {
    int freed = 0;
    Entry entry = ends.previous;
    while (entry != ends && (most <= 0 || freed < most)) {
      Entry before = entry.previous;
      if (entry.expires != SharedDict.FOREVER && entry.expires <= now) {
        remove(entry);
        freed++;
      }
      entry = before;
    }
    return freed;
  }

  synchronized List<String> keys(long now, int most) {
    List<String> keys = new ArrayList<>();
    for (Entry entry = ends.previous; entry != ends; entry = entry.previous) {
      if (entry.expires == SharedDict.FOREVER || entry.expires > now) {
        keys.add(entry.key);
        if (keys.size() == most) {
          break;
        }
      }
    }
    return keys;
  }

  private @Nullable Entry touch(String key) {
    Entry entry = entries.get(key);
    if (entry != null) {
      entry.unlink();
      entry.linkAfter(ends);
    }
    return entry;
  }

  private SharedDict.Stored insert(
      long now, String key, DictValue value, long expires, int flags, boolean safe) {
    int size = ENTRY_OVERHEAD + key.length() + value.size();
    int block = slab.allocate(size);
    boolean forcible = false;
    for (int i = 0; block == SlabPool.NO_ROOM && !safe && i < EVICTION_ROUNDS; i++) {
      if (evict(now, true) == 0) {
        break;
      }
      forcible = true;
      block = slab.allocate(size);
    }
    if (block == SlabPool.NO_ROOM) {
      return new SharedDict.Stored(Reason.NO_MEMORY, forcible);
    }
    Entry entry = new Entry(key, block);
    entry.set(value, expires, flags);
    link(entry);
    return forcible ? new SharedDict.Stored(null, true) : SharedDict.Stored.PLAIN;
  }

  private Entry beginList(String key) {
    int size = ENTRY_OVERHEAD + key.length() + LIST_OVERHEAD;
    int block = slab.allocate((size + 7) / 8 * 8);
    if (block == SlabPool.NO_ROOM) {
      throw new DictFailure(Reason.NO_MEMORY);
    }
    Entry entry = new Entry(key, block);
    entry.items = new ArrayDeque<>();
    link(entry);
    return entry;
  }

  private void link(Entry entry) {
    entries.put(entry.key, entry);
    entry.linkAfter(ends);
  }

  private void remove(Entry entry) {
    entry.unlink();
    entries.remove(entry.key);
    if (entry.items != null) {
      entry.items.forEach(item -> slab.free(item.block()));
    }
    slab.free(entry.block);
  }

  private void dropExpired(long now) {
    evict(now, false);
  }

  /** Drops up to two expired entries from the end, before them one in any case if forced. */
  private int evict(long now, boolean force) {
    int freed = 0;
    for (int i = force ? 0 : 1; i < 3; i++) {
      Entry last = ends.previous;
      if (last == ends || (i > 0 && (last.expires == SharedDict.FOREVER || last.expires > now))) {
        break;
      }
      remove(last);
      freed++;
    }
    return freed;
  }

  private record Item(DictValue value, int block) {}

  /** An entry and its place in the LRU list; guarded by the dict. */
  private static final class Entry {
    private final String key;
    private final int block;
    private DictValue value = DictValue.FALSE;
    private @Nullable ArrayDeque<Item> items;
    private long expires;
    private int flags;
    private Entry next = this;
    private Entry previous = this;

    Entry(String key, int block) {
      this.key = key;
      this.block = block;
    }

    boolean expiredAt(long now) {
      return expires != SharedDict.FOREVER && expires < now;
    }

    boolean holdsSizeOf(DictValue other) {
      return items == null && value.size() == other.size();
    }

    void set(DictValue newValue, long newExpires, int newFlags) {
      value = newValue;
      expires = newExpires;
      flags = newFlags;
    }

    SharedDict.Found found(boolean stale) {
      if (items != null) {
        throw new DictFailure(Reason.IS_A_LIST);
      }
      return new SharedDict.Found(value, flags, stale);
    }

    ArrayDeque<Item> itemsOrFail() {
      if (items == null) {
        throw new DictFailure(Reason.NOT_A_LIST);
      }
      return items;
    }

    void linkAfter(Entry front) {
      next = front.next;
      previous = front;
      next.previous = this;
      front.next = this;
    }

    void unlink() {
      previous.next = next;
      next.previous = previous;
    }
  }
}
