package dev.banyan.transport;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: answers of name servers, forgotten altogether when there are too many. */
final class BoundedDnsCache implements DnsCache {
  /** Names that are remembered at a time. */
  static final int MAX_NAMES = 4096;

  private static final int MAX_TTL_SECONDS = 86400;

  private final DefaultDnsCache cache;
  private final Set<String> names = new HashSet<>();

  BoundedDnsCache(@Nullable Duration valid) {
    int fixed = valid == null ? -1 : Math.clamp(valid.toSeconds(), 1, MAX_TTL_SECONDS);
    cache =
        fixed < 0
            ? new DefaultDnsCache(0, MAX_TTL_SECONDS, 0)
            : new DefaultDnsCache(fixed, fixed, 0);
  }

  @Override
  public void clear() {
    names.clear();
    cache.clear();
  }

  @Override
  public boolean clear(String hostname) {
    names.remove(hostname);
    return cache.clear(hostname);
  }

  @Override
  public @Nullable List<? extends DnsCacheEntry> get(
      String hostname, DnsRecord @Nullable [] additionals) {
    return cache.get(hostname, additionals);
  }

  @Override
  public DnsCacheEntry cache(
      String hostname,
      DnsRecord @Nullable [] additionals,
      InetAddress address,
      long originalTtl,
      EventLoop loop) {
    if (names.add(hostname) && names.size() > MAX_NAMES) {
      clear();
      names.add(hostname);
    }
    return cache.cache(hostname, additionals, address, originalTtl, loop);
  }

  @Override
  public DnsCacheEntry cache(
      String hostname, DnsRecord @Nullable [] additionals, Throwable cause, EventLoop loop) {
    return cache.cache(hostname, additionals, cause, loop);
  }
}
