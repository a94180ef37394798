package dev.banyan.nginx;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code resolver} and {@code resolver_timeout}.
 *
 * @param servers name servers as {@code host:port}; empty when none is configured
 * @param valid how long answers count; null takes their own time
 */
public record Resolver(
    List<HostPort> servers,
    @Nullable Duration valid,
    boolean ipv4,
    boolean ipv6,
    Duration timeout) {
  public Resolver {
    servers = List.copyOf(servers);
  }
}
