package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private @Nullable String soKeepalive;

  ListenReader(Directive directive) {
    this.directive = directive;
  }

  Listen read() {
    HostPort address = address();
    List<String> args = directive.args();
    args.subList(1, args.size()).forEach(this::parameter);
    return new Listen(
        address,
        isDefault,
        ssl,
        http2,
        proxyProtocol,
        reuseport,
        deferred,
        backlog,
        soKeepalive,
        ipv6only,
        directive.file(),
        directive.line());
  }

  private HostPort address() {
    String text = directive.arg(0);
    boolean portOnly = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    try {
      HostPort parsed = portOnly ? HostPort.parse("*:" + text, 80) : HostPort.parse(text, 80);
      String host = parsed.host();
      if (host.equals("0.0.0.0")) {
        return new HostPort(Listen.ANY, parsed.port());
      }
      boolean known = parsed.isUnix() || host.equals(Listen.ANY) || IpAddress.parse(host) != null;
      if (!known && !host.equals("localhost")) {
        throw new IllegalArgumentException("host not found");
      }
      return host.equals("localhost") ? new HostPort("127.0.0.1", parsed.port()) : parsed;
    } catch (IllegalArgumentException e) {
      throw directive.error(e.getMessage() + " in \"" + text + "\" of the \"listen\" directive");
    }
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
      case "so_keepalive" -> soKeepalive = value;
      case "ipv6only" -> ipv6only = value.equals("on");
      case "backlog" ->
          backlog =
              (int)
                  Units.number(value)
                      .orElseThrow(() -> directive.error("invalid backlog \"" + arg + "\""));
      case "bind", "rcvbuf", "sndbuf", "fastopen", "setfib", "accept_filter" -> {
        // Nothing that the JVM could do otherwise.
      }
      default -> throw directive.error("invalid parameter \"" + arg + "\"");
    }
  }
}
