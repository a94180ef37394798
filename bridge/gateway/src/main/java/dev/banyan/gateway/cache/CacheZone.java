package dev.banyan.gateway.cache;

import dev.banyan.nginx.CachePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the keys of one {@code proxy_cache_path}, for all workers, the longest unused first.
 * No file is touched under its lock; whoever holds a file that is deleted reads on.
 */
public final class CacheZone {
  /** What one key takes of a zone's size, as nginx's nodes do: a megabyte has 8 thousand. */
  private static final int NODE_BYTES = 128;

  private static final int BLOCK = 4096;

  private final CacheFiles files;
  private final int bound;
  private final Map<String, CacheEntry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final List<String> doomed = new ArrayList<>();
  private volatile CachePath conf;
  private long size;
  private boolean cold = true;

  /** With nothing known yet of the files that are there. */
  public CacheZone(CachePath conf) {
    this.conf = conf;
    this.files = new CacheFiles(Path.of(conf.path()), conf.levels());
    this.bound = Math.clamp(conf.keysSize() / NODE_BYTES, 16, 1 << 24);
  }

  /** What the configuration says of it now. */
  public CachePath conf() {
    return conf;
  }

  /** Takes a new configuration of the same files. */
  public void conf(CachePath next) {
    conf = next;
  }

  /** Where its files are. */
  public CacheFiles files() {
    return files;
  }

  /** Whether not all of the files that are there are known yet. */
  public synchronized boolean cold() {
    return cold;
  }

  /** A request asks for a key. */
  public synchronized CacheEntry use(String hash, long nowMillis) {
    CacheEntry entry = entry(hash);
    entry.uses++;
    entry.expiresMillis = nowMillis + conf.inactive().toMillis();
    return entry;
  }

  private CacheEntry entry(String hash) {
    CacheEntry entry = entries.get(hash);
    if (entry == null) {
      if (entries.size() >= bound) {
        forgetOldest();
      }
      entry = new CacheEntry(hash);
      entries.put(hash, entry);
    }
    return entry;
  }

  private void forgetOldest() {
    CacheEntry oldest = null;
    int tries = 0;
    for (CacheEntry entry : entries.values()) {
      if (!entry.updating || tries == 20) { // of many that are busy one goes all the same
        oldest = entry;
        break;
      }
      tries++;
    }
    if (oldest != null) {
      forget(oldest);
    }
  }

  private void forget(CacheEntry entry) {
    entries.remove(entry.hash);
    if (entry.exists) {
      size -= entry.size;
      entry.exists = false;
      doomed.add(entry.hash);
    }
  }

  /** The status that was noted for a key and still counts; 0 for none. */
  public synchronized int error(CacheEntry entry, long nowSeconds) {
    if (entry.error != 0 && entry.errorUntil < nowSeconds) {
      entry.error = 0;
      entry.uses = 1;
    }
    return entry.error;
  }

  /** Whether there may be a file. */
  public synchronized boolean mayExist(CacheEntry entry) {
    return entry.exists || (cold && !entry.known);
  }

  /** Whether it was asked for often enough to be kept. */
  public synchronized boolean worthKeeping(CacheEntry entry, int minUses) {
    return entry.exists || entry.uses >= minUses;
  }

  /** A file was found that nobody had put down here. */
  public synchronized void found(CacheEntry entry, long octets) {
    if (!entry.exists) {
      exists(entry, octets);
    }
  }

  /** The loader finds a file. */
  synchronized void load(String hash, long octets, long nowMillis) {
    if (!entries.containsKey(hash)) {
      CacheEntry entry = entry(hash);
      entry.uses = 1;
      entry.expiresMillis = nowMillis + conf.inactive().toMillis();
      exists(entry, octets);
    }
  }

  /** All files that are there are known. */
  synchronized void loaded() {
    cold = false;
  }

  private void exists(CacheEntry entry, long octets) {
    size -= entry.exists ? entry.size : 0;
    entry.exists = true;
    entry.known = true;
    entry.size = (octets + BLOCK - 1) / BLOCK * BLOCK;
    size += entry.size;
  }

  /** There is no file of it, or none that can be read. */
  public synchronized void lost(CacheEntry entry) {
    size -= entry.exists ? entry.size : 0;
    entry.exists = false;
    entry.known = true;
  }

  /** An answer was put into its file. */
  public synchronized void stored(CacheEntry entry, long octets) {
    entry.error = 0;
    CacheEntry present = entries.putIfAbsent(entry.hash, entry);
    doomed.remove(entry.hash);
    CacheEntry now = present == null ? entry : present;
    exists(now, octets);
  }

  /** No answer can be had: this status is given until that second. */
  public synchronized void failed(CacheEntry entry, int status, long untilSeconds) {
    entry.error = status;
    entry.errorUntil = untilSeconds;
  }

  /** The right to fetch an answer that others may wait for. */
  public final class Claim {
    private final CacheEntry entry;

    private Claim(CacheEntry entry) {
      this.entry = entry;
    }

    /** Gives it back: whoever waits looks again. */
    public void release() {
      CacheZone.this.release(this);
    }
  }

  /** The right to update an answer that is too old; null when another has it. */
  public @Nullable Claim claimUpdate(CacheEntry entry) {
    synchronized (this) {
      return entry.updating ? null : claim(entry);
    }
  }

  /** The right to fetch an answer; null when another has had it for less than {@code age}. */
  public synchronized @Nullable Claim claimFetch(CacheEntry entry, long nowMillis, long ageMillis) {
    if (entry.updating && nowMillis < entry.lockedUntil) {
      return null;
    }
    entry.lockedUntil = nowMillis + ageMillis;
    return claim(entry);
  }

  private Claim claim(CacheEntry entry) {
    Claim claim = new Claim(entry);
    entry.updating = true;
    entry.updater = claim;
    return claim;
  }

  private void release(Claim claim) {
    List<Runnable> waiting;
    synchronized (this) {
      if (!claim.entry.updater.equals(claim)) {
        return;
      }
      claim.entry.updating = false;
      claim.entry.updater = claim.entry;
      waiting = List.copyOf(claim.entry.waiting);
      claim.entry.waiting.clear();
    }
    waiting.forEach(Runnable::run);
  }

  /**
   * Has {@code wake} run when the right to fetch is given back.
   *
   * @return milliseconds until it may be taken all the same; 0 when nobody has it
   */
  public synchronized long await(CacheEntry entry, long nowMillis, Runnable wake) {
    if (!entry.updating || entry.lockedUntil <= nowMillis) {
      return 0;
    }
    entry.waiting.remove(wake);
    entry.waiting.add(wake);
    return entry.lockedUntil - nowMillis;
  }

  /** Nobody waits any more. */
  public synchronized void leave(CacheEntry entry, Runnable wake) {
    entry.waiting.remove(wake);
  }

  /**
   * Forgets what was unused for too long and what is too much.
   *
   * @param excess octets that are to go beside
   * @return the hashes of the files to delete
   */
  synchronized List<String> sweep(long nowMillis, long excess) {
    CachePath now = conf;
    long over = Math.max(excess, now.maxSize() == 0 ? 0 : size - now.maxSize());
    long kept = size - Math.max(0, over);
    List<CacheEntry> going = new ArrayList<>();
    long left = size;
    for (CacheEntry entry : entries.values()) {
      if (entry.expiresMillis > nowMillis && left <= kept) {
        break;
      }
      if (!entry.updating) {
        going.add(entry);
        left -= entry.exists ? entry.size : 0;
      }
    }
    going.forEach(this::forget);
    List<String> all = List.copyOf(doomed);
    doomed.clear();
    return all;
  }

  /** Octets that its files take, in whole blocks. */
  public synchronized long size() {
    return size;
  }

  /** How many keys are known. */
  public synchronized int keys() {
    return entries.size();
  }
}
