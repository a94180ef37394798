package dev.banyan.nginx;

import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.List;

/** Owned by the thread that loads a configuration: reads one {@code listen}. */
final class ListenReader {
  private final Directive directive;
  private boolean isDefault;
  private boolean ssl;
  private boolean http2;
  private boolean proxyProtocol;
  private boolean reuseport;
  private boolean deferred;
  private boolean ipv6only = true;
  private int backlog = -1;
  private ListenSockets sockets = ListenSockets.UNSAID;

  ListenReader(Directive directive) {
    this.directive = directive;
  }

  /** One for each address that its name has. */
  List<Listen> read() {
    List<HostPort> addresses = addresses();
    List<String> args = directive.args();
    args.subList(1, args.size()).forEach(this::parameter);
    return addresses.stream().map(this::at).toList();
  }

  private Listen at(HostPort address) {
    return new Listen(
        address,
        isDefault,
        ssl,
        http2,
        proxyProtocol,
        reuseport,
        deferred,
        backlog,
        sockets,
        ipv6only,
        directive.file(),
        directive.line());
  }

  private List<HostPort> addresses() {
    String text = directive.arg(0);
    boolean portOnly = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    try {
      HostPort parsed = portOnly ? HostPort.parse("*:" + text, 80) : HostPort.parse(text, 80);
      String host = parsed.host();
      if (host.equals("0.0.0.0")) {
        return List.of(new HostPort(Listen.ANY, parsed.port()));
      }
      boolean known = parsed.isUnix() || host.equals(Listen.ANY) || IpAddress.parse(host) != null;
      if (known) {
        return List.of(parsed);
      }
      return host.equals("localhost")
          ? List.of(new HostPort("127.0.0.1", parsed.port()))
          : named(host, parsed.port());
    } catch (IllegalArgumentException e) {
      throw directive.error(e.getMessage() + " in \"" + text + "\" of the \"listen\" directive");
    }
  }

  private static List<HostPort> named(String host, int port) {
    List<byte[]> found = HostNames.addresses(host);
    if (found.isEmpty()) {
      throw new IllegalArgumentException("host not found");
    }
    return found.stream().map(octets -> new HostPort(IpAddress.text(octets), port)).toList();
  }

  private void parameter(String arg) {
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg : arg.substring(0, equals);
    String value = equals < 0 ? "" : arg.substring(equals + 1);
    switch (name) {
      case "default", "default_server" -> isDefault = true;
      case "ssl" -> ssl = true;
      case "http2" -> http2 = true;
      case "proxy_protocol" -> proxyProtocol = true;
      case "reuseport" -> reuseport = true;
      case "deferred" -> deferred = true;
      case "so_keepalive" -> sockets = new ListenSockets(keepalive(value), 0, 0).or(sockets);
      case "rcvbuf" -> sockets = new ListenSockets(null, size(arg, value), 0).or(sockets);
      case "sndbuf" -> sockets = new ListenSockets(null, 0, size(arg, value)).or(sockets);
      case "ipv6only" -> ipv6only = value.equals("on");
      case "backlog" -> backlog = backlog(arg, value);
      case "bind", "fastopen", "accept_filter" -> {
        // Nothing that the JVM could do otherwise.
      }
      default -> throw directive.error("invalid parameter \"" + arg + "\"");
    }
  }

  private int backlog(String arg, String value) {
    long number = Units.number(value).orElse(0);
    if (number <= 0 || number > Integer.MAX_VALUE) {
      throw directive.error("invalid backlog \"" + arg + "\"");
    }
    return (int) number;
  }

  private int size(String arg, String value) {
    long size = Units.size(value).orElse(-1);
    if (size < 0 || size > Integer.MAX_VALUE) {
      String name = arg.substring(0, arg.indexOf('='));
      throw directive.error("invalid " + name + " \"" + arg + "\"");
    }
    return (int) size;
  }

  private ListenSockets.Keepalive keepalive(String value) {
    if (value.equals("on") || value.equals("off")) {
      return new ListenSockets.Keepalive(value.equals("on"), 0, 0, 0);
    }
    String[] parts = value.split(":", 3);
    int idle = seconds(value, parts[0]);
    int interval = parts.length > 1 ? seconds(value, parts[1]) : 0;
    long count = parts.length > 2 && !parts[2].isEmpty() ? Units.number(parts[2]).orElse(-1) : 0;
    if (count < 0 || count > Integer.MAX_VALUE || (idle == 0 && interval == 0 && count == 0)) {
      throw badKeepalive(value);
    }
    return new ListenSockets.Keepalive(true, idle, interval, (int) count);
  }

  private int seconds(String value, String time) {
    try {
      return time.isEmpty() ? 0 : Math.toIntExact(Units.seconds(time).toSeconds());
    } catch (NumberFormatException | ArithmeticException e) {
      throw badKeepalive(value);
    }
  }

  private ConfException badKeepalive(String value) {
    return directive.error("invalid so_keepalive value: \"" + value + "\"");
  }
}
