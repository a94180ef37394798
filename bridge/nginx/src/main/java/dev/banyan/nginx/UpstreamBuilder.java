package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Owned by the thread that loads a configuration: builds upstreams. */
final class UpstreamBuilder {
  /** The directives that choose how servers are picked; the last one counts. */
  private static final List<String> METHODS = List.of("hash", "ip_hash", "least_conn", "random");

  private final Compiler compiler;

  UpstreamBuilder(Compiler compiler) {
    this.compiler = compiler;
  }

  Upstream build(Directive directive) {
    Scope scope = new Scope(directive.children(), null, compiler);
    List<Upstream.Server> servers = new ArrayList<>();
    for (Directive server : scope.own("server")) {
      Upstream.Server built = compiler.problems().guardOrNull(server, () -> server(server));
      if (built != null) {
        servers.add(built);
      }
    }
    if (scope.own("server").isEmpty()) {
      compiler.problems().add(directive, "no servers are inside upstream");
    }
    checkBackups(directive, servers);
    Directive zone = scope.one("zone");
    return new Upstream(
        directive.arg(0),
        servers,
        balancing(scope),
        keepalive(scope),
        zone == null ? null : zone.arg(0),
        directive.file(),
        directive.line());
  }

  /** A method that knows no backups must not come before one, and backups are not enough. */
  private void checkBackups(Directive upstream, List<Upstream.Server> servers) {
    boolean refused = false;
    for (Directive child : upstream.children()) {
      refused = METHODS.contains(child.name()) ? !child.name().equals("least_conn") : refused;
      if (refused && child.name().equals("server") && child.args().contains("backup")) {
        compiler.problems().add(child, "balancing method does not support parameter \"backup\"");
      }
    }
    if (!servers.isEmpty() && servers.stream().allMatch(Upstream.Server::backup)) {
      compiler.problems().add(upstream, "no servers in upstream \"" + upstream.arg(0) + "\"");
    }
  }

  private Upstream.Balancing balancing(Scope scope) {
    for (String name : List.of("balancer_by_lua_block", "balancer_by_lua_file")) {
      if (scope.has(name)) {
        return new Upstream.Balancing.Lua(
            compiler.lua(LuaPhase.BALANCER, scope.own(name).getLast(), 0));
      }
    }
    List<Directive> methods = scope.nearest(METHODS.toArray(String[]::new));
    if (methods.isEmpty()) {
      return new Upstream.Balancing.RoundRobin();
    }
    Directive last = methods.getLast();
    return switch (last.name()) {
      case "hash" -> hash(last);
      case "ip_hash" -> new Upstream.Balancing.IpHash();
      case "least_conn" -> new Upstream.Balancing.LeastConnections();
      default -> random(last);
    };
  }

  private Upstream.Balancing random(Directive random) {
    List<String> expected = List.of("two", "least_conn");
    for (int i = 0; i < random.args().size(); i++) {
      if (!random.arg(i).equals(expected.get(i))) {
        compiler.problems().add(random, "invalid parameter \"" + random.arg(i) + "\"");
      }
    }
    return new Upstream.Balancing.Random(!random.args().isEmpty());
  }

  private Upstream.Balancing hash(Directive hash) {
    boolean consistent = hash.args().size() == 2;
    if (consistent && !hash.arg(1).equals("consistent")) {
      compiler.problems().add(hash, "invalid parameter \"" + hash.arg(1) + "\"");
    }
    return new Upstream.Balancing.Hash(compiler.template(hash, hash.arg(0)), consistent);
  }

  private static Upstream.Keepalive keepalive(Scope scope) {
    return new Upstream.Keepalive(
        scope.read("keepalive", 0, UpstreamBuilder::connections),
        scope.number("keepalive_requests", 1_000),
        scope.time("keepalive_time", Duration.ofHours(1)),
        scope.time("keepalive_timeout", Duration.ofSeconds(60)));
  }

  private static Integer connections(Directive directive) {
    long count = Units.number(directive.arg(0)).orElse(0);
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw directive.error(
          "invalid value \"" + directive.arg(0) + "\" in \"keepalive\" directive");
    }
    return (int) count;
  }

  private static Upstream.Server server(Directive directive) {
    int weight = 1;
    int maxConns = 0;
    int maxFails = 1;
    Duration failTimeout = Duration.ofSeconds(10);
    boolean backup = false;
    boolean down = false;
    boolean resolve = false;
    for (String arg : directive.args().subList(1, directive.args().size())) {
      if (arg.startsWith("weight=")) {
        weight = number(directive, arg, 1);
      } else if (arg.startsWith("max_conns=")) {
        maxConns = number(directive, arg, 0);
      } else if (arg.startsWith("max_fails=")) {
        maxFails = number(directive, arg, 0);
      } else if (arg.startsWith("fail_timeout=")) {
        failTimeout = time(directive, arg);
      } else if (arg.equals("backup")) {
        backup = true;
      } else if (arg.equals("down")) {
        down = true;
      } else if (arg.equals("resolve")) {
        resolve = true;
      } else {
        throw invalid(directive, arg);
      }
    }
    return new Upstream.Server(
        directive.arg(0),
        address(directive),
        weight,
        maxConns,
        maxFails,
        failTimeout,
        backup,
        down,
        resolve);
  }

  private static HostPort address(Directive directive) {
    try {
      return HostPort.parse(directive.arg(0), 80);
    } catch (IllegalArgumentException e) {
      throw directive.error(e.getMessage() + " in upstream \"" + directive.arg(0) + "\"");
    }
  }

  private static int number(Directive directive, String arg, int least) {
    long value = Units.number(arg.substring(arg.indexOf('=') + 1)).orElse(-1);
    if (value < least || value > Integer.MAX_VALUE) {
      throw invalid(directive, arg);
    }
    return (int) value;
  }

  private static Duration time(Directive directive, String arg) {
    try {
      return Units.seconds(arg.substring(arg.indexOf('=') + 1));
    } catch (NumberFormatException | ArithmeticException e) {
      throw invalid(directive, arg);
    }
  }

  private static dev.banyan.nginx.syntax.ConfException invalid(Directive directive, String arg) {
    return directive.error("invalid parameter \"" + arg + "\"");
  }
}
