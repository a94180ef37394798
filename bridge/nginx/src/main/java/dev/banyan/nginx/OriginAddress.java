package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code proxy_bind} and its like: the address that connections to an origin come from. */
final class OriginAddress {
  private OriginAddress() {}

  /** What a directive of this name says here; null where the system chooses. */
  static @Nullable Template bind(Scope scope, String name) {
    Directive directive = scope.one(name);
    if (directive == null || directive.args().equals(List.of("off"))) {
      return null;
    }
    Template address = scope.compiler().template(directive, directive.arg(0));
    if (address.isConstant() && !isAddress(directive.arg(0))) {
      scope.problem(directive, "invalid address \"" + directive.arg(0) + "\"");
    }
    return address;
  }

  /** Brackets are for an address of IPv6 that a port follows. */
  private static boolean isAddress(String text) {
    if (text.endsWith("]")) {
      return false;
    }
    try {
      return IpAddress.parse(HostPort.parse(text, 0).host()) != null
          || IpAddress.parse(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
