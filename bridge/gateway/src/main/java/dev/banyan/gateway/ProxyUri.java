package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.LocationKind;
import dev.banyan.nginx.ProxyTarget;

/** What a {@code proxy_pass} makes of a request's URI. */
final class ProxyUri {
  private ProxyUri() {}

  /** Owned by one request: the URI that is passed on, and where it stands. */
  interface Source {
    /** The current normalised URI, without arguments. */
    String uri();

    /** The current arguments; empty for none. */
    String args();

    /** Whether the URI is a client's own still, so that it may be passed on as it was sent. */
    boolean asSent();

    /** The target as the client sent it. */
    String sentTarget();

    /** Whether the URI's start may be another than the location's name. */
    boolean isDetached();

    /** Whether the location was reached by an internal redirect, or the URI rewritten. */
    boolean internal();

    /** Whether the URI as sent held an escape. */
    boolean escapedUri();

    /** Where the request is. */
    LocationConf location();
  }

  static String of(Source r, ContentHandler.Proxy proxy, ProxyTarget target) {
    String replacement = target.uri();
    if (replacement == null) {
      return whole(r);
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

  /** The request's own, of which nothing is replaced. */
  static String whole(Source r) {
    return r.asSent() ? r.sentTarget() : withArgs(r, escaped(r, r.uri()));
  }

  private static int prefix(LocationConf location) {
    return location.kind() == LocationKind.REGEX || location.kind() == LocationKind.NAMED
        ? 0
        : location.name().length();
  }

  private static String escaped(Source r, String uri) {
    return r.escapedUri() || r.internal() || !r.asSent() ? UriText.escape(uri) : uri;
  }

  private static String withArgs(Source r, String uri) {
    return r.args().isEmpty() ? uri : uri + "?" + r.args();
  }
}
