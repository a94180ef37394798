package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: asks the servers of nginx's {@code resolver} directive, without the hosts file
 * and search domains, and keeps the answers in a bounded cache.
 */
public final class DnsResolver implements NameResolver, AutoCloseable {
  private final DnsNameResolver resolver;

  /**
   * The resolver directive.
   *
   * @param servers in the order they are asked
   * @param valid how long answers are kept, or null for as long as they say
   * @param ipv4 whether IPv4 addresses are looked up
   * @param ipv6 whether IPv6 addresses are looked up
   * @param timeout resolver_timeout
   */
  public record Options(
      List<InetSocketAddress> servers,
      @Nullable Duration valid,
      boolean ipv4,
      boolean ipv6,
      Duration timeout) {
    /** Copies the list; refuses an empty one, and looking up nothing. */
    public Options {
      servers = List.copyOf(servers);
      if (servers.isEmpty()) {
        throw new IllegalArgumentException("no name servers defined");
      }
      if (!ipv4 && !ipv6) {
        throw new IllegalArgumentException("\"ipv4\" and \"ipv6\" cannot both be \"off\"");
      }
    }
  }

  /** Creates the resolver of a worker. */
  public DnsResolver(WorkerLoop loop, Options options) {
    resolver =
        new DnsNameResolverBuilder(loop.eventLoop())
            .datagramChannelType(loop.method().datagrams())
            .socketChannelType(loop.method().stream())
            .nameServerProvider(
                new SequentialDnsServerAddressStreamProvider(
                    options.servers().toArray(InetSocketAddress[]::new)))
            .hostsFileEntriesResolver((_, _) -> null)
            .searchDomains(List.of())
            .ndots(0)
            .queryTimeoutMillis(queryTimeout(options))
            .resolvedAddressTypes(types(options))
            .resolveCache(new BoundedDnsCache(options.valid()))
            .build();
  }

  private static long queryTimeout(Options options) {
    return Math.max(1, options.timeout().toMillis() / options.servers().size());
  }

  private static ResolvedAddressTypes types(Options options) {
    if (!options.ipv6()) {
      return ResolvedAddressTypes.IPV4_ONLY;
    }
    return options.ipv4() ? ResolvedAddressTypes.IPV4_PREFERRED : ResolvedAddressTypes.IPV6_ONLY;
  }

  @Override
  public List<InetAddress> resolve(String name, Duration timeout) {
    Promise<List<InetAddress>> answer = new Promise<>();
    Future<List<InetAddress>> query = resolver.resolveAll(name);
    query.addListener(_ -> {
      if (query.isSuccess()) {
        answer.complete(List.copyOf(query.getNow()));
      } else {
        answer.fail(failed(query.cause()));
      }
    });
    try {
      return answer.await(timeout);
    } catch (TimeoutException e) {
      throw failure("110: Operation timed out", e);
    }
  }

  private static TransportException failed(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof DnsNameResolverTimeoutException) {
        return failure("110: Operation timed out", cause);
      }
      if (t instanceof DnsErrorCauseException error) {
        DnsResponseCode code = error.getCode();
        if (code.equals(DnsResponseCode.SERVFAIL)) {
          return failure("2: Server failure", cause);
        }
        if (code.equals(DnsResponseCode.REFUSED)) {
          return failure("5: Operation refused", cause);
        }
      }
    }
    return failure("3: Host not found", cause);
  }

  private static TransportException failure(String detail, Throwable cause) {
    return new TransportException(TransportException.Kind.RESOLVE, true, detail, cause);
  }

  @Override
  public void close() {
    resolver.close();
  }
}
