package dev.banyan.gateway.cache;

import dev.banyan.nginx.CachePath;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the zones of a process, and the one thread that finds what is in their folders and
 * takes out what nobody uses. Zones live as long as a configuration has them.
 */
public final class CacheKeeper implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1_000;

  private final Clock clock;
  private final Consumer<String> complaints;
  private Map<String, CacheZone> zones = Map.of();

  /** What was complained about the last time, by the thread alone. */
  private Set<String> told = Set.of();

  private @Nullable ScheduledExecutorService thread;

  /** One that tells what it can't do. */
  public CacheKeeper(Clock clock, Consumer<String> complaints) {
    this.clock = clock;
    this.complaints = complaints;
  }

  /** The zones for a configuration: those that are there already are the same ones. */
  public synchronized Map<String, CacheZone> zones(Collection<CachePath> paths) {
    Map<String, CacheZone> next = new LinkedHashMap<>();
    for (CachePath path : paths) {
      CacheZone known = zones.get(path.zone());
      boolean same = known != null && known.conf().sameFiles(path);
      next.put(path.zone(), same ? Objects.requireNonNull(known) : new CacheZone(path));
    }
    return Map.copyOf(next);
  }

  /** A configuration is in service. */
  public synchronized void keep(Map<String, CacheZone> inService, Collection<CachePath> paths) {
    for (CachePath path : paths) {
      Objects.requireNonNull(inService.get(path.zone())).conf(path);
    }
    zones = inService;
    if (!inService.isEmpty() && thread == null) {
      ScheduledExecutorService started =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("banyan-cache").factory());
      started.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      thread = started;
    }
  }

  private synchronized Map<String, CacheZone> present() {
    return zones;
  }

  private void look() {
    Set<String> now = new HashSet<>();
    for (CacheZone zone : present().values()) {
      try {
        if (zone.cold()) {
          zone.files().prepare();
          zone.files().load((hash, octets) -> zone.load(hash, octets, clock.millis()));
          zone.loaded();
        }
        for (String hash : zone.sweep(clock.millis(), excess(zone))) {
          zone.files().delete(hash);
        }
      } catch (IOException | RuntimeException e) {
        String what = "cache \"" + zone.conf().zone() + "\" can't be kept in order: " + e;
        now.add(what);
        if (!told.contains(what)) {
          complaints.accept(what);
        }
      }
    }
    told = now;
  }

  private static long excess(CacheZone zone) throws IOException {
    long least = zone.conf().minFree();
    return least == 0 ? 0 : Math.max(0, least - zone.files().free());
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
