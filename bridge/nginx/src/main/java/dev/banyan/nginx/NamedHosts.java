package dev.banyan.nginx;

import dev.banyan.nginx.script.TemplateException;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Owned by the thread that reads it: the hosts that a configuration names, in the order in which
 * nginx looks them up. Those of directives that pass requests on come last, when all upstreams are
 * known; addresses and Unix sockets are none.
 */
final class NamedHosts {
  private static final String PASS = "_pass";

  private final List<NamedHost> read = new ArrayList<>();
  private final List<Directive> passing = new ArrayList<>();
  private final Set<String> upstreams = new LinkedHashSet<>();

  private NamedHosts() {}

  /** The hosts of a configuration whose directives are all well-formed. */
  static List<NamedHost> of(List<Directive> directives) {
    NamedHosts hosts = new NamedHosts();
    hosts.collect(directives, "");
    hosts.passing.forEach(hosts::passes);
    return List.copyOf(hosts.read);
  }

  private void collect(List<Directive> directives, String block) {
    for (Directive directive : directives) {
      if (!directive.args().isEmpty()) {
        look(directive, block);
      }
      collect(directive.children(), directive.name());
    }
  }

  private void look(Directive directive, String block) {
    String first = directive.arg(0);
    switch (directive.name()) {
      case "upstream" -> upstreams.add(first);
      case "server" -> {
        if (block.equals("upstream") && !directive.args().contains("resolve")) {
          named(directive, first, "upstream");
        }
      }
      case "resolver" ->
          directive.args().stream()
              .filter(server -> server.indexOf('=') < 0)
              .forEach(server -> named(directive, server, "resolver"));
      case "access_log", "error_log" -> {
        if (Syslog.names(first)) {
          syslog(directive, first);
        }
      }
      default -> {
        if (directive.name().endsWith(PASS) && first.indexOf('$') < 0) {
          passing.add(directive);
        }
      }
    }
  }

  private void syslog(Directive directive, String target) {
    for (String parameter : target.substring(target.indexOf(':') + 1).split(",", -1)) {
      if (parameter.startsWith("server=")) {
        named(directive, parameter.substring("server=".length()), "syslog server");
      }
    }
  }

  /** Of these nginx names the host alone. */
  private void passes(Directive directive) {
    String address = directive.arg(0);
    try {
      if (directive.name().equals("proxy_pass")) {
        ProxyTarget target = ProxyTarget.parse(address);
        HostPort server = target.server();
        String upstream = UpstreamGroup.find(server.host(), upstreams);
        if (upstream == null) {
          add(directive, server, server.host(), "upstream");
        } else if (target.explicitPort()) {
          String problem = "upstream \"" + upstream + "\" may not have port " + server.port();
          read.add(new NamedHost(server.host(), problem, directive.file(), directive.line()));
        }
      } else if (UpstreamGroup.find(address, upstreams) == null) {
        HostPort server = HostPort.parse(address, 0);
        if (server.port() > 0) {
          add(directive, server, server.host(), "upstream");
        }
      }
    } catch (TemplateException | IllegalArgumentException e) {
      return; // whoever reads the directive reports it
    }
  }

  private void named(Directive directive, String written, String what) {
    try {
      add(directive, HostPort.parse(written, 0), written, what);
    } catch (IllegalArgumentException e) {
      return; // whoever reads the directive reports it
    }
  }

  private void add(Directive directive, HostPort server, String written, String what) {
    if (!server.isUnix() && IpAddress.parse(server.host()) == null) {
      String problem = "host not found in " + what + " \"" + written + "\"";
      read.add(new NamedHost(server.host(), problem, directive.file(), directive.line()));
    }
  }
}
