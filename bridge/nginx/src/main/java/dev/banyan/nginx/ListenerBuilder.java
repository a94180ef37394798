package dev.banyan.nginx;

import dev.banyan.nginx.syntax.ConfException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: groups servers by the address they listen on. */
final class ListenerBuilder {
  private final Problems problems;
  private final Map<HostPort, Group> groups = new LinkedHashMap<>();

  ListenerBuilder(Problems problems) {
    this.problems = problems;
  }

  /** What is known of one address. */
  private static final class Group {
    private Listen listen;
    private final List<ServerConf> servers = new ArrayList<>();
    private @Nullable ServerConf explicitDefault;

    Group(Listen listen) {
      this.listen = listen;
    }

    ServerMatcher matcher() {
      ServerConf chosen = explicitDefault == null ? servers.getFirst() : explicitDefault;
      return new ServerMatcher(chosen, servers);
    }
  }

  List<Listener> build(List<ServerConf> servers) {
    for (ServerConf server : servers) {
      server.listens().forEach(listen -> add(listen, server));
    }
    groups.values().forEach(this::checkNames);
    List<Listener> listeners = new ArrayList<>();
    groups.forEach((address, group) -> {
      if (wildcardOf(address) == null) {
        listeners.add(new Listener(group.listen, group.matcher(), specific(address)));
      }
    });
    return listeners;
  }

  /** As nginx, which reads names only where more than one server may answer. */
  private void checkNames(Group group) {
    if (group.servers.size() < 2) {
      return;
    }
    for (ServerConf server : group.servers) {
      for (ServerName name : server.names()) {
        if (name instanceof ServerName.Exact && name.text().indexOf('*') >= 0) {
          String problem =
              "invalid server name or wildcard \"%s\" on %s"
                  .formatted(name.text(), shown(group.listen.address()));
          problems.add(new ConfException(problem, server.file(), server.line()));
        }
      }
    }
  }

  private void add(Listen listen, ServerConf server) {
    Group group = groups.computeIfAbsent(listen.address(), a -> new Group(listen));
    group.servers.add(server);
    group.listen = merged(group.listen, listen);
    if (listen.isDefault()) {
      if (group.explicitDefault != null) {
        problems.add(
            new ConfException(
                "a duplicate default server for " + shown(listen.address()),
                listen.file(),
                listen.line()));
      }
      group.explicitDefault = server;
    }
  }

  /** Options that any server gives hold for the whole address. */
  private static Listen merged(Listen one, Listen other) {
    return new Listen(
        one.address(),
        one.isDefault() || other.isDefault(),
        one.ssl() || other.ssl(),
        one.http2() || other.http2(),
        one.proxyProtocol() || other.proxyProtocol(),
        one.reuseport() || other.reuseport(),
        one.deferred() || other.deferred(),
        Math.max(one.backlog(), other.backlog()),
        one.sockets().or(other.sockets()),
        one.ipv6only() && other.ipv6only(),
        one.file(),
        one.line());
  }

  /** The group that takes every address of a port, when there is one besides the address itself. */
  private @Nullable Group wildcardOf(HostPort address) {
    if (address.isUnix() || isWildcard(address)) {
      return null;
    }
    boolean v6 = address.host().indexOf(':') >= 0;
    return groups.get(new HostPort(v6 ? "::" : Listen.ANY, address.port()));
  }

  private static boolean isWildcard(HostPort address) {
    return address.host().equals(Listen.ANY) || address.host().equals("::");
  }

  private Map<String, ServerMatcher> specific(HostPort wildcard) {
    Map<String, ServerMatcher> byHost = new LinkedHashMap<>();
    groups.forEach((address, group) -> {
      Group over = wildcardOf(address);
      if (over != null && over == groups.get(wildcard)) {
        byHost.put(address.host(), group.matcher());
      }
    });
    return byHost;
  }

  private static String shown(HostPort address) {
    return address.host().equals(Listen.ANY) ? "0.0.0.0:" + address.port() : address.toString();
  }
}
