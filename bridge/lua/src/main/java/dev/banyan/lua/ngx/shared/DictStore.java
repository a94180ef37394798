package dev.banyan.lua.ngx.shared;

import dev.banyan.lua.ngx.shared.DictFailure.Reason;
import java.util.ArrayList;
import java.util.List;
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
  private static final int NONE = DictEntries.NONE;
  private static final int EVICTION_ROUNDS = 30;
  private static final int CONTEXT_SIZE = 80;
  private static final int LOG_CONTEXT_SIZE = 26;

  private final String name;
  private final long capacity;
  private final SlabPool slab;
  private final DictEntries entries;
  private final DictLists lists;

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
    entries = new DictEntries(slab.bytes());
    lists = new DictLists(slab);
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
    int entry = touch(key);
    return isLive(entry, now) ? found(entry, false) : null;
  }

  synchronized SharedDict.@Nullable Found getStale(long now, String key) {
    int entry = touch(key);
    return entry == NONE ? null : found(entry, entries.isExpiredAt(entry, now));
  }

  private boolean isLive(int entry, long now) {
    return entry != NONE && !entries.isExpiredAt(entry, now);
  }

  private SharedDict.Found found(int entry, boolean stale) {
    if (entries.isList(entry)) {
      throw new DictFailure(Reason.IS_A_LIST);
    }
    return new SharedDict.Found(entries.value(entry), entries.flags(entry), stale);
  }

  synchronized SharedDict.Stored store(
      long now, StoreMode mode, String key, DictValue value, long ttlMillis, int flags) {
    dropExpired(now);
    int old = touch(key);
    boolean live = isLive(old, now);
    if (mode == StoreMode.REPLACE && !live) {
      return new SharedDict.Stored(Reason.NOT_FOUND, false);
    }
    if (mode.onlyNew() && live) {
      return new SharedDict.Stored(Reason.EXISTS, false);
    }
    long expires = ttlMillis > 0 ? now + ttlMillis : SharedDict.FOREVER;
    if (old != NONE && entries.holdsSize(old, value.size())) {
      set(old, value, expires, flags);
      return SharedDict.Stored.PLAIN;
    }
    if (old != NONE) {
      remove(old);
    }
    return insert(now, key, value, expires, flags, mode.safe());
  }

  private void set(int entry, DictValue value, long expires, int flags) {
    entries.put(entry, value);
    entries.expire(entry, expires);
    entries.flag(entry, flags);
  }

  synchronized void delete(long now, String key) {
    dropExpired(now);
    int entry = touch(key);
    if (entry != NONE) {
      remove(entry);
    }
  }

  synchronized SharedDict.Counted increment(
      long now, String key, double by, OptionalDouble init, long ttlMillis) {
    dropExpired(now);
    int entry = touch(key);
    if (isLive(entry, now)) {
      if (!entries.isNumber(entry)) {
        throw new DictFailure(Reason.NOT_A_NUMBER);
      }
      double sum = entries.number(entry) + by;
      entries.putNumber(entry, sum);
      return new SharedDict.Counted(sum, false);
    }
    if (init.isEmpty()) {
      throw new DictFailure(Reason.NOT_FOUND);
    }
    DictValue sum = DictValue.of(init.getAsDouble() + by);
    long expires = ttlMillis > 0 ? now + ttlMillis : SharedDict.FOREVER;
    if (entry != NONE && entries.holdsSize(entry, sum.size())) {
      set(entry, sum, expires, 0);
      return new SharedDict.Counted(init.getAsDouble() + by, false);
    }
    if (entry != NONE) {
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
    int list = touch(key);
    if (list != NONE && entries.isExpiredAt(list, now)) {
      remove(list);
      list = NONE;
    }
    if (list == NONE) {
      list = beginList(key);
    }
    requireList(list);
    if (!lists.push(list, end, value)) {
      if (lists.length(list) == 0) {
        remove(list);
      }
      throw new DictFailure(Reason.NO_MEMORY);
    }
    return lists.length(list);
  }

  synchronized Optional<DictValue> pop(long now, SharedDict.End end, String key) {
    dropExpired(now);
    int list = touch(key);
    if (!isLive(list, now)) {
      return Optional.empty();
    }
    requireList(list);
    DictValue value = lists.pop(list, end);
    if (lists.length(list) == 0) {
      remove(list);
    }
    return Optional.of(value);
  }

  synchronized int length(long now, String key) {
    dropExpired(now);
    int list = touch(key);
    if (!isLive(list, now)) {
      return 0;
    }
    requireList(list);
    return lists.length(list);
  }

  private void requireList(int entry) {
    if (!entries.isList(entry)) {
      throw new DictFailure(Reason.NOT_A_LIST);
    }
  }

  synchronized OptionalLong timeToLive(long now, String key) {
    int entry = entries.find(key);
    if (entry == NONE) {
      return OptionalLong.empty();
    }
    long expires = entries.expires(entry);
    return OptionalLong.of(expires == SharedDict.FOREVER ? SharedDict.FOREVER : expires - now);
  }

  synchronized boolean expire(long now, String key, long ttlMillis) {
    int entry = entries.find(key);
    if (entry == NONE) {
      return false;
    }
    entries.expire(entry, ttlMillis > 0 ? now + ttlMillis : SharedDict.FOREVER);
    return true;
  }

  synchronized void flushAll(long now) {
    for (int entry = entries.oldest(); entry != NONE; entry = entries.newer(entry)) {
      entries.expire(entry, 1);
    }
    evict(now, true);
  }

  synchronized int flushExpired(long now, int most) {
    int freed = 0;
    int entry = entries.oldest();
    while (entry != NONE && (most <= 0 || freed < most)) {
      int newer = entries.newer(entry);
      if (isPast(entry, now)) {
        remove(entry);
        freed++;
      }
      entry = newer;
    }
    return freed;
  }

  synchronized List<String> keys(long now, int most) {
    List<String> keys = new ArrayList<>();
    for (int entry = entries.oldest(); entry != NONE; entry = entries.newer(entry)) {
      if (!isPast(entry, now)) {
        keys.add(entries.key(entry));
        if (keys.size() == most) {
          break;
        }
      }
    }
    return keys;
  }

  /** Expired for who looks for room, a millisecond before it is for who reads. */
  private boolean isPast(int entry, long now) {
    long expires = entries.expires(entry);
    return expires != SharedDict.FOREVER && expires <= now;
  }

  /** A key that isn't found is about to be added: it had better be one. */
  private static void requireOctets(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) > 0xff) {
        throw new IllegalArgumentException(
            "the key \"" + key + "\" is no octets: encode its letters first");
      }
    }
  }

  private int touch(String key) {
    int entry = entries.find(key);
    if (entry != NONE) {
      entries.use(entry);
    }
    return entry;
  }

  private SharedDict.Stored insert(
      long now, String key, DictValue value, long expires, int flags, boolean safe) {
    requireOctets(key);
    int size = DictEntries.OVERHEAD + key.length() + value.size();
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
    entries.add(block, key);
    set(block, value, expires, flags);
    return forcible ? new SharedDict.Stored(null, true) : SharedDict.Stored.PLAIN;
  }

  private int beginList(String key) {
    requireOctets(key);
    int size = DictEntries.OVERHEAD + key.length() + DictLists.OVERHEAD;
    int block = slab.allocate((size + 7) / 8 * 8);
    if (block == SlabPool.NO_ROOM) {
      throw new DictFailure(Reason.NO_LIST);
    }
    entries.add(block, key);
    entries.expire(block, SharedDict.FOREVER);
    entries.flag(block, 0);
    entries.becomesList(block);
    lists.begin(block);
    return block;
  }

  private void remove(int entry) {
    entries.remove(entry);
    if (entries.isList(entry)) {
      lists.clear(entry);
    }
    slab.free(entry);
  }

  private void dropExpired(long now) {
    evict(now, false);
  }

  /** Drops up to two expired entries from the end, before them one in any case if forced. */
  private int evict(long now, boolean force) {
    int freed = 0;
    for (int i = force ? 0 : 1; i < 3; i++) {
      int last = entries.oldest();
      if (last == NONE || (i > 0 && !isPast(last, now))) {
        break;
      }
      remove(last);
      freed++;
    }
    return freed;
  }
}
