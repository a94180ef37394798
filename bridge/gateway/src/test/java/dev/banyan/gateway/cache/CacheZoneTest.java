package dev.banyan.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.nginx.CachePath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheZoneTest {
  @TempDir Path folder;

  private CacheZone zone(long keysSize, long maxSize) {
    return new CacheZone(
        new CachePath(
            "one", folder.toString(), List.of(1, 2), keysSize, Duration.ofMillis(100), maxSize, 0));
  }

  private static CacheEntry stored(CacheZone zone, String hash, long now) {
    CacheEntry entry = zone.use(hash, now);
    zone.stored(entry, 5000);
    return entry;
  }

  @Test
  void theLongestUnusedGoesWhenThereIsTooMuch() {
    CacheZone zone = zone(1 << 20, 20_000);
    stored(zone, "a", 0);
    stored(zone, "b", 1);
    zone.use("a", 2);
    stored(zone, "c", 3);
    assertThat(zone.size()).isEqualTo(3 * 8192);
    assertThat(zone.sweep(4, 0)).containsExactly("b");
    assertThat(zone.size()).isEqualTo(2 * 8192);
  }

  @Test
  void whatIsUnusedForTooLongGoes() {
    CacheZone zone = zone(1 << 20, 0);
    stored(zone, "a", 0);
    stored(zone, "b", 50);
    assertThat(zone.sweep(120, 0)).containsExactly("a");
    assertThat(zone.sweep(151, 0)).containsExactly("b");
    assertThat(zone.keys()).isZero();
  }

  @Test
  void aZoneKnowsNoMoreKeysThanItsSizeAllows() {
    CacheZone zone = zone(8 << 10, 0);
    for (int i = 0; i < 1000; i++) {
      stored(zone, "k" + i, i);
    }
    assertThat(zone.keys()).isEqualTo(64);
    assertThat(zone.size()).isEqualTo(64 * 8192);
    assertThat(zone.sweep(0, 0)).hasSize(1000 - 64);
  }

  @Test
  void oneFetchesAndTheOthersAreWoken() {
    CacheZone zone = zone(1 << 20, 0);
    CacheEntry entry = zone.use("a", 0);
    CacheZone.Claim first = Objects.requireNonNull(zone.claimFetch(entry, 0, 100));
    AtomicInteger woken = new AtomicInteger();
    assertThat(zone.claimFetch(entry, 50, 100)).isNull();
    assertThat(zone.await(entry, 50, woken::incrementAndGet)).isEqualTo(50);
    first.release();
    assertThat(woken).hasValue(1);
    assertThat(zone.claimFetch(entry, 60, 100)).isNotNull();
  }

  @Test
  void whoIsTooSlowLosesTheClaimAndDoesNotGiveBackAnothers() {
    CacheZone zone = zone(1 << 20, 0);
    CacheEntry entry = zone.use("a", 0);
    CacheZone.Claim slow = Objects.requireNonNull(zone.claimFetch(entry, 0, 100));
    assertThat(zone.claimFetch(entry, 100, 100)).isNotNull();
    slow.release();
    assertThat(zone.claimFetch(entry, 150, 100)).isNull();
  }

  @Test
  void anErrorIsRememberedForAsLongAsItIsValid() {
    CacheZone zone = zone(1 << 20, 0);
    CacheEntry entry = zone.use("a", 0);
    zone.failed(entry, 502, 10);
    assertThat(zone.error(entry, 10)).isEqualTo(502);
    assertThat(zone.error(entry, 11)).isZero();
  }
}
