package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Fiber;
import dev.banyan.gateway.cache.CacheDraft;
import dev.banyan.gateway.cache.CacheEntry;
import dev.banyan.gateway.cache.CacheKey;
import dev.banyan.gateway.cache.CacheZone;
import dev.banyan.gateway.cache.CachedFile;
import dev.banyan.gateway.cache.CachedHead;
import dev.banyan.gateway.cache.Freshness;
import dev.banyan.nginx.CacheSettings;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxySettings.NextUpstream;
import dev.banyan.nginx.script.Template;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: one request's dealings with the cache, from the key to the answer
 * that is kept. {@link #release()} ends it in any case.
 */
final class CacheVisit {
  private final Request r;
  private final ProxySettings proxy;
  private final CacheSettings settings;
  private final CacheZone zone;
  private final CacheKey main;
  private final DiskWork disk;
  private final CacheOpening files;
  private CacheKey key;
  private @Nullable CacheEntry entry;
  private CacheZone.@Nullable Claim claim;
  private @Nullable CachedFile stale;
  private CacheStatus status = CacheStatus.MISS;
  private boolean keeping = true;

  private CacheVisit(Request r, ProxySettings proxy, CacheZone zone, CacheKey key) {
    this.r = r;
    this.proxy = proxy;
    this.settings = proxy.cache();
    this.zone = zone;
    this.main = key;
    this.key = key;
    this.disk = r.service().disk();
    this.files = new CacheOpening(r, zone);
    this.claim = r.upstream().refresh();
  }

  /** What there is to do for a request. */
  sealed interface Look {
    /** The answer is here. */
    record Use(CachedFile file) implements Look {}

    /** No answer could be had a while ago: this status is given. */
    record Failed(int status) implements Look {}

    /** An origin is to be asked. */
    record Ask() implements Look {}

    /** Another request asks it already. */
    record Wait() implements Look {}
  }

  /**
   * Begins for a request; null for one that has nothing to do with a cache.
   *
   * @param dialect what asks, whose address is the key where none is configured
   * @throws ResponseAborted when there is no such zone
   */
  static @Nullable CacheVisit begin(Request r, PassDialect dialect) {
    ProxySettings proxy = dialect.settings();
    CacheSettings settings = proxy.cache();
    Template named = settings.zone();
    if (named == null
        || !settings.methods().contains(r.method())
        || r.service().options().enclosure() != null) {
      return null;
    }
    String name = named.evaluate(r);
    if (name.isEmpty() || name.equals("off")) {
      return null;
    }
    CacheZone zone = r.service().caches().get(name);
    if (zone == null) {
      r.log(ErrorLog.ERROR, "cache \"" + name + "\" not found");
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    Template key = settings.key();
    String text = key == null ? dialect.address() : key.evaluate(r);
    dialect.looks(text);
    return new CacheVisit(r, proxy, zone, CacheKey.of(text));
  }

  private long seconds() {
    return r.worker().nowMillis() / 1000;
  }

  private void status(CacheStatus now) {
    status = now;
    r.upstream().cacheStatus(now);
  }

  private boolean any(List<Template> predicates) {
    for (Template predicate : predicates) {
      String value = predicate.evaluate(r);
      if (!value.isEmpty() && !value.equals("0")) {
        return true;
      }
    }
    return false;
  }

  /** Looks for an answer, and waits for another request that fetches it. */
  Look look() {
    if (any(settings.bypass())) {
      status(CacheStatus.BYPASS);
      return new Look.Ask();
    }
    status(CacheStatus.MISS);
    entry = zone.use(key.hash(), r.worker().nowMillis());
    Look look = lookOnce(true);
    if (look instanceof Look.Wait) {
      look = await();
    }
    if (look instanceof Look.Ask && keeping && !CacheRanges.fetchWhole(r, settings)) {
      keeping = false;
    }
    return look;
  }

  private Look await() {
    long deadline = r.worker().nowMillis() + settings.lock().timeout().toMillis();
    Runnable wake = Fiber.current()::unpark;
    try {
      while (true) {
        long now = r.worker().nowMillis();
        if (now >= deadline) {
          if (!settings.lock().timeout().isZero()) {
            r.log(ErrorLog.INFO, "cache lock timeout");
          }
          return lookOnce(false);
        }
        long due = zone.await(present(), now, wake);
        if (due > 0) {
          Fiber.park(Duration.ofMillis(Math.min(due, deadline - now)));
          continue;
        }
        Look look = lookOnce(true);
        if (!(look instanceof Look.Wait)) {
          return look;
        }
      }
    } finally {
      zone.leave(present(), wake);
    }
  }

  private CacheEntry present() {
    return Objects.requireNonNull(entry);
  }

  private Look lookOnce(boolean locking) {
    CacheEntry at = present();
    int error = zone.error(at, seconds());
    if (error != 0) {
      status(CacheStatus.HIT);
      return new Look.Failed(error);
    }
    CachedFile file = zone.mayExist(at) ? files.open(at, key) : null;
    if (file != null) {
      return found(file, locking);
    }
    if (!zone.worthKeeping(at, settings.minUses())) {
      keeping = false;
      return new Look.Ask();
    }
    CacheSettings.Lock lock = settings.lock();
    if (!lock.on() || claim != null) {
      return new Look.Ask();
    }
    claim = zone.claimFetch(at, r.worker().nowMillis(), lock.age().toMillis());
    if (claim == null && locking) {
      return new Look.Wait();
    }
    keeping = claim != null;
    return new Look.Ask();
  }

  private Look found(CachedFile file, boolean locking) {
    CachedHead head = file.head();
    if (!head.vary().isEmpty()) {
      CacheKey variant = main.variant(CacheVariants.values(r.headers(), head.vary()));
      if (!variant.hash().equals(head.variant())) {
        files.close(file);
        return other(variant, locking);
      }
    }
    Freshness freshness = head.freshness();
    if (freshness.fresh(seconds())) {
      status(CacheStatus.HIT);
      return new Look.Use(file);
    }
    boolean usable =
        r.upstream().refresh() == null
            && (settings.staleWhileUpdating() || freshness.usableWhileUpdating(seconds()));
    CacheZone.Claim own = claim == null ? zone.claimUpdate(present()) : claim;
    claim = own;
    if (usable && own == null) {
      status(CacheStatus.UPDATING);
      return new Look.Use(file);
    }
    if (usable && own != null && settings.backgroundUpdate()) {
      claim = null;
      status(CacheStatus.STALE);
      CacheRefresh.start(r, own);
      return new Look.Use(file);
    }
    stale = file;
    status(CacheStatus.EXPIRED);
    return new Look.Ask();
  }

  /** The file is of other requests: this one's stands under a key of its own. */
  private Look other(CacheKey variant, boolean locking) {
    if (!key.equals(main)) {
      return new Look.Ask();
    }
    key = variant;
    entry = zone.use(variant.hash(), r.worker().nowMillis());
    return lookOnce(locking);
  }

  /** Whether the answer is going to be kept, as far as is known. */
  boolean keeping() {
    return keeping;
  }

  /** Whether an origin is asked for a HEAD's whole answer. */
  boolean converts() {
    return settings.convertHead();
  }

  /** The fields by which an origin may say that what is kept still holds. */
  @Nullable Headers conditions() {
    CachedFile file = stale;
    if (!settings.revalidate() || status != CacheStatus.EXPIRED || file == null) {
      return null;
    }
    int code = file.head().status();
    if (code != HttpStatus.OK && code != HttpStatus.PARTIAL_CONTENT) {
      return null;
    }
    Headers conditions = Headers.withRoomFor(2);
    String modified = file.head().fields().first("Last-Modified");
    String etag = file.head().fields().first("ETag");
    if (modified != null) {
      conditions.add("If-Modified-Since", modified);
    }
    if (etag != null) {
      conditions.add("If-None-Match", etag);
    }
    return conditions;
  }

  /**
   * What is kept and is used, too old as it is, when an origin fails; null for nothing.
   *
   * @param silent whether there is no answer at all, which {@code stale-if-error} is about
   */
  @Nullable CachedFile instead(@Nullable NextUpstream failure, boolean silent) {
    CachedFile file = stale;
    if (file == null || failure == null || status != CacheStatus.EXPIRED) {
      return null;
    }
    boolean allowed =
        settings.staleOn().contains(failure)
            || (silent && file.head().freshness().usableOnError(seconds()));
    if (allowed) {
      status(CacheStatus.STALE);
      stale = null;
    }
    return allowed ? file : null;
  }

  /** What is kept, when an origin says that it still holds; null when it doesn't say so. */
  @Nullable CachedFile revalidated(int code, Headers fields) {
    CachedFile file = stale;
    if (code != HttpStatus.NOT_MODIFIED
        || file == null
        || !settings.revalidate()
        || status != CacheStatus.EXPIRED) {
      return null;
    }
    stale = null;
    status(CacheStatus.REVALIDATED);
    Freshness now = rules(fields).freshness();
    Freshness next = now.validUntil() != 0 ? now : rules(file.head().fields()).freshness();
    long valid = validUntil(next.validUntil(), file.head().status());
    if (valid != 0) {
      refresh(file, new Freshness(valid, next.whileUpdating(), next.onError()));
    }
    return file;
  }

  /** Until which second an answer is kept: what it says itself, else what is configured; 0: not. */
  private long validUntil(long said, int code) {
    long seconds = said == 0 ? settings.validSeconds(code) : 0;
    return seconds == 0 ? said : seconds() + seconds;
  }

  private void refresh(CachedFile file, Freshness freshness) {
    String hash = key.hash();
    try {
      disk.await(() -> {
        zone.files().refresh(hash, file.head(), file.length(), freshness);
        return 0;
      });
    } catch (IOException e) {
      r.log(ErrorLog.CRIT, "a cached file can't be written: " + e);
    }
  }

  private CacheRules rules(Headers fields) {
    return CacheRules.of(fields, proxy.ignoreHeaders(), seconds(), proxy.buffering());
  }

  /** Notes what an answer's fields say, before anything of it goes to the client. */
  CacheRules heard(Headers fields) {
    CacheRules rules = rules(fields);
    keeping &= rules.keeps();
    return rules;
  }

  /** What an answer is copied to; null when it isn't kept. */
  @Nullable BodyCopy copy(ProxyResponseHead.Answer answer, CacheRules rules) {
    if (!keeping || !rules.buffered() || any(settings.keepNot())) {
      return null;
    }
    Freshness said = rules.freshness();
    long valid = validUntil(said.validUntil(), answer.status());
    if (valid == 0) {
      return null;
    }
    String variant = "";
    if (!rules.vary().isEmpty()) {
      variant = main.variant(CacheVariants.values(r.headers(), rules.vary())).hash();
    }
    if (!variant.equals(key.hash()) && !key.equals(main)) { // varies by something else now
      key = main;
      entry = null;
    }
    CacheEntry at = entry == null ? zone.use(key.hash(), r.worker().nowMillis()) : entry;
    entry = at;
    CachedHead head =
        new CachedHead(
            key.text(),
            new Freshness(valid, said.whileUpdating(), said.onError()),
            rules.vary(),
            variant,
            answer.status(),
            answer.statusLine(),
            answer.fields());
    CacheDraft draft = new CacheDraft(zone.files(), key.hash(), head);
    return draft.fits() ? new DraftCopy(r, disk, draft, octets -> zone.stored(at, octets)) : null;
  }

  /** No answer goes to the client but this status, which is given again for a while. */
  void failed(int code, long validUntil) {
    CacheEntry at = entry;
    long until = validUntil(validUntil, code);
    if (keeping && at != null && until != 0) {
      zone.failed(at, code, until);
    }
  }

  /** It is over. */
  void release() {
    CachedFile file = stale;
    stale = null;
    if (file != null) {
      files.close(file);
    }
    if (claim != null) {
      claim.release();
    }
  }
}
