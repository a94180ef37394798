package dev.banyan.nginx;

import dev.banyan.nginx.script.TemplateException;
import dev.banyan.nginx.syntax.Directive;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: collects the groups of servers in the order in
 * which nginx meets them, which is that of the file.
 */
final class UpstreamGroups {
  private final Set<String> configured;
  private final Set<UpstreamGroup> found = new LinkedHashSet<>();

  private UpstreamGroups(Set<String> configured) {
    this.configured = configured;
  }

  /**
   * The groups of an {@code http} block.
   *
   * @param configured the names of its {@code upstream} blocks
   */
  static List<UpstreamGroup> of(List<Directive> http, Set<String> configured) {
    UpstreamGroups groups = new UpstreamGroups(configured);
    groups.collect(http);
    return List.copyOf(groups.found);
  }

  private void collect(List<Directive> directives) {
    for (Directive directive : directives) {
      UpstreamGroup group = group(directive);
      if (group != null) {
        found.add(group);
      }
      collect(directive.children());
    }
  }

  private @Nullable UpstreamGroup group(Directive directive) {
    List<String> args = directive.args();
    if (args.isEmpty() || args.getFirst().indexOf('$') >= 0) {
      return null;
    }
    String address = args.getFirst();
    try {
      return switch (directive.name()) {
        case "upstream" -> UpstreamGroup.named(address);
        case "proxy_pass" -> UpstreamGroup.of(ProxyTarget.parse(address), configured);
        case "memcached_pass", "memc_pass", "redis2_pass", "fastcgi_pass", "scgi_pass" ->
            plain(address);
        case "uwsgi_pass" -> plain(CgiAddress.parse(CgiProtocol.UWSGI, address).server());
        case "grpc_pass" -> plain(GrpcAddress.parse(address).server());
        default -> null;
      };
    } catch (TemplateException | IllegalArgumentException e) {
      return null; // whoever reads the directive reports it
    }
  }

  private @Nullable UpstreamGroup plain(String address) {
    String name = UpstreamGroup.find(address, configured);
    if (name != null) {
      return UpstreamGroup.named(name);
    }
    HostPort server = ServerAddress.parse(address);
    return server.port() == 0 && !server.isUnix() ? null : new UpstreamGroup(server, false);
  }
}
