package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.LocationKind;
import dev.banyan.nginx.ProxyTarget;

/** What a {@code proxy_pass} makes of a request's URI. */
final class ProxyUri {
  private ProxyUri() {}

  static String of(Request r, ContentHandler.Proxy proxy, ProxyTarget target) {
    String replacement = target.uri();
    if (replacement == null && r.uriValid() && r.isMain()) {
      return r.client().target().unparsed();
    }
    if (replacement == null) {
      return withArgs(r, escaped(r, r.uri()));
    }
    if (proxy.target() == null) {
      return replacement; // a computed address with a URI is used as it is
    }
    if (r.isDetached()) {
      return withArgs(r, escaped(r, r.uri()));
    }
    int cut = Math.min(prefix(r.location()), r.uri().length());
    return withArgs(r, replacement + escaped(r, r.uri().substring(cut)));
  }

  private static int prefix(LocationConf location) {
    return location.kind() == LocationKind.REGEX || location.kind() == LocationKind.NAMED
        ? 0
        : location.name().length();
  }

  private static String escaped(Request r, String uri) {
    return r.escapedUri() || r.internal() || !r.uriValid() ? UriText.escape(uri) : uri;
  }

  private static String withArgs(Request r, String uri) {
    return r.args().isEmpty() ? uri : uri + "?" + r.args();
  }
}
