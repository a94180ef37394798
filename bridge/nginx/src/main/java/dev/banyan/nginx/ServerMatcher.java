package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.VariableScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the server of one address by the request's host: an exact name, the longest leading
 * wildcard, the longest trailing wildcard, the first regex, else the default server. Immutable.
 */
public final class ServerMatcher {
  private final ServerConf defaultServer;
  private final List<ServerConf> servers;
  private final Map<String, ServerConf> exact = new HashMap<>();
  private final HostnameTree<ServerConf> wildcards = new HostnameTree<>();
  private final List<RegexName> regexes = new ArrayList<>();

  private record RegexName(ConfRegex regex, ServerConf server) {}

  /** The servers in the order of the file; a later server's equal name counts for nothing. */
  public ServerMatcher(ServerConf defaultServer, List<ServerConf> servers) {
    this.defaultServer = defaultServer;
    this.servers = List.copyOf(new LinkedHashSet<>(servers));
    for (ServerConf server : this.servers) {
      server.names().forEach(name -> add(name, server));
    }
  }

  private void add(ServerName name, ServerConf server) {
    switch (name) {
      case ServerName.Exact plain -> exact.putIfAbsent(plain.text(), server);
      case ServerName.Leading leading -> {
        wildcards.leading(leading.suffix(), server);
        if (leading.bare()) {
          exact.putIfAbsent(leading.suffix().substring(1), server);
        }
      }
      case ServerName.Trailing trailing -> wildcards.trailing(trailing.prefix(), server);
      case ServerName.Regex regex -> regexes.add(new RegexName(regex.regex(), server));
    }
  }

  /** The server that answers for unknown names. */
  public ServerConf defaultServer() {
    return defaultServer;
  }

  /** Every server of the address, in the order of the file. */
  public List<ServerConf> servers() {
    return servers;
  }

  /**
   * The server for a host, which comes without a port; null stands for a request without one. A
   * regex name leaves its captures in the scope.
   */
  public ServerConf match(@Nullable String host, VariableScope scope) {
    ServerConf found = find(host, scope);
    return found == null ? defaultServer : found;
  }

  /** The same, null where none has the name. */
  public @Nullable ServerConf find(@Nullable String host, VariableScope scope) {
    String name = host == null ? "" : withoutFinalDot(host.toLowerCase(Locale.ROOT));
    ServerConf found = exact.get(name);
    if (found == null && !name.isEmpty()) {
      found = wildcards.find(name);
    }
    if (found != null) {
      return found;
    }
    for (RegexName candidate : name.isEmpty() ? List.<RegexName>of() : regexes) {
      if (candidate.regex().match(name, scope)) {
        return candidate.server();
      }
    }
    return null;
  }

  private static String withoutFinalDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
