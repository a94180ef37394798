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
    String name = directive.name();
    boolean http = name.equals("proxy_pass");
    boolean group =
        name.equals("upstream")
            || http
            || name.equals("memcached_pass")
            || name.equals("memc_pass")
            || name.equals("redis2_pass");
    if (!group || directive.args().isEmpty() || directive.arg(0).indexOf('$') >= 0) {
      return null;
    }
    if (name.equals("upstream")) {
      return UpstreamGroup.named(directive.arg(0));
    }
    try {
      return http
          ? UpstreamGroup.of(ProxyTarget.parse(directive.arg(0)), configured)
          : bare(directive.arg(0));
    } catch (TemplateException | IllegalArgumentException e) {
      return null; // whoever reads the directive reports it
    }
  }

  private @Nullable UpstreamGroup bare(String address) {
    if (configured.contains(address)) {
      return UpstreamGroup.named(address);
    }
    HostPort server = HostPort.parse(address, 0);
    return server.port() == 0 && !server.isUnix() ? null : new UpstreamGroup(server, false);
  }
}
