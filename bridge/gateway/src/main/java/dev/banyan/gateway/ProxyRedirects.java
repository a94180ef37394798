package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import org.jspecify.annotations.Nullable;

/** {@code proxy_redirect}: rewrites the addresses in Location and Refresh. */
final class ProxyRedirects {
  private ProxyRedirects() {}

  /** Sets Location; an address that was rewritten to a path becomes absolute, as a server's own. */
  static void location(
      Request r, ContentHandler.Proxy handler, ProxyTarget target, String name, String value) {
    String changed = rewrite(r, handler, target, value);
    if (changed == null) {
      r.response().headers().add(name, value);
    } else {
      r.response().redirectTo(changed);
    }
  }

  static String refresh(Request r, ContentHandler.Proxy handler, ProxyTarget target, String value) {
    int url = value.toLowerCase(java.util.Locale.ROOT).indexOf("url=");
    if (url < 0) {
      return value;
    }
    int start = url + 4;
    String changed = rewrite(r, handler, target, value.substring(start));
    return changed == null ? value : value.substring(0, start) + changed;
  }

  private static @Nullable String rewrite(
      Request r, ContentHandler.Proxy handler, ProxyTarget target, String value) {
    ProxySettings proxy = r.location().proxy();
    for (ProxySettings.Substitution rule : proxy.redirects()) {
      String changed = apply(r, rule, value);
      if (changed != null) {
        return changed;
      }
    }
    if (!proxy.defaultRedirect() || handler.target() == null) {
      return null;
    }
    String url = target.origin();
    String from = target.uri() == null ? url + "/" : url + target.uri();
    String to = target.uri() == null ? "/" : r.location().name();
    return value.startsWith(from) ? to + value.substring(from.length()) : null;
  }

  /** What a rule makes of an address or a path; null when it doesn't match. */
  static @Nullable String apply(Request r, ProxySettings.Substitution rule, String value) {
    if (rule.regex() != null) {
      return rule.regex().match(value, r) ? rule.replacement().evaluate(r) : null;
    }
    String prefix = rule.text() == null ? "" : rule.text().evaluate(r);
    return value.startsWith(prefix)
        ? rule.replacement().evaluate(r) + value.substring(prefix.length())
        : null;
  }
}
