package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.Resolver;
import dev.banyan.transport.DnsResolver;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.WorkerLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by one worker's loop: host names that are looked up while serving, by {@code resolver}. */
final class Names {
  private final WorkerLoop loop;
  private final @Nullable Enclosure enclosure;
  private final Map<Resolver, DnsResolver> resolvers = new HashMap<>();

  Names(WorkerLoop loop, @Nullable Enclosure enclosure) {
    this.loop = loop;
    this.enclosure = enclosure;
  }

  /** A name that has no address; the message is nginx's. */
  static final class Unresolved extends Exception {
    private static final long serialVersionUID = 1L;

    Unresolved(String message) {
      super(message, null, false, false);
    }
  }

  /** The addresses of a host; parks the fiber while a name server is asked. */
  List<SocketAddress> resolve(HostPort target, Resolver settings) throws Unresolved {
    if (target.isUnix() || Addresses.literal(target) != null || enclosure != null) {
      try {
        return Enclosure.addresses(enclosure, target);
      } catch (UnknownHostException e) {
        throw new Unresolved(target.host() + " could not be resolved (3: Host not found)");
      }
    }
    if (settings.servers().isEmpty()) {
      throw new Unresolved("no resolver defined to resolve " + target.host());
    }
    try {
      List<SocketAddress> addresses = new ArrayList<>();
      for (InetAddress address : resolver(settings).resolve(target.host(), settings.timeout())) {
        addresses.add(new InetSocketAddress(address, target.port()));
      }
      return addresses;
    } catch (TransportException e) {
      throw new Unresolved(target.host() + " could not be resolved (" + e.getMessage() + ")");
    }
  }

  private DnsResolver resolver(Resolver settings) throws Unresolved {
    DnsResolver known = resolvers.get(settings);
    if (known != null) {
      return known;
    }
    List<InetSocketAddress> servers = new ArrayList<>();
    for (HostPort server : settings.servers()) {
      try {
        if (Addresses.resolve(server).getFirst() instanceof InetSocketAddress inet) {
          servers.add(inet);
        }
      } catch (UnknownHostException e) {
        throw new Unresolved("host not found in resolver \"" + server.host() + "\"");
      }
    }
    DnsResolver made =
        new DnsResolver(
            loop,
            new DnsResolver.Options(
                servers, settings.valid(), settings.ipv4(), settings.ipv6(), settings.timeout()));
    resolvers.put(settings, made);
    return made;
  }

  void close() {
    resolvers.values().forEach(DnsResolver::close);
    resolvers.clear();
  }
}
