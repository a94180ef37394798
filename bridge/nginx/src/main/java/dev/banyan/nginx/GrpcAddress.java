package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.Locale;

/**
 * An address of {@code grpc_pass}.
 *
 * @param server without the scheme, which it needn't have
 * @param secure whether it is asked under TLS
 */
public record GrpcAddress(String server, boolean secure) {
  private static final String PLAIN = "grpc://";
  private static final String SECURE = "grpcs://";

  /** Parts an address. */
  public static GrpcAddress parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith(PLAIN)) {
      return new GrpcAddress(text.substring(PLAIN.length()), false);
    }
    return lower.startsWith(SECURE)
        ? new GrpcAddress(text.substring(SECURE.length()), true)
        : new GrpcAddress(text, false);
  }

  /** What a location with a {@code grpc_pass} answers with. */
  static ContentHandler handler(Scope scope, Directive pass) {
    Template written = scope.compiler().template(pass, pass.arg(0));
    if (!written.isConstant() || parse(pass.arg(0)).secure()) {
      new ProxyTlsReader(scope, "grpc").check(pass);
    }
    return new ContentHandler.Grpc(written.isConstant() ? target(scope, pass) : null, written);
  }

  private static ProxyTarget target(Scope scope, Directive pass) {
    GrpcAddress address = parse(pass.arg(0));
    return address.to(ServerAddress.read(scope, pass, address.server()));
  }

  /** The target that these servers are under this address's scheme. */
  private ProxyTarget to(ProxyTarget found) {
    return new ProxyTarget(
        secure, authority(found.server()), found.server(), found.explicitPort(), null);
  }

  /** What a server is asked as when no field is set to say it. */
  public String authority(HostPort address) {
    return address.isUnix() ? "localhost" : server;
  }
}
