package dev.banyan.nginx;

import dev.banyan.nginx.script.TemplateException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code proxy_pass} address.
 *
 * @param tls whether the scheme is https
 * @param authority host and port as written: what {@code $proxy_host} and the default Host header
 *     are
 * @param server where to connect, unless an {@link Upstream} has the name {@code server.host()} and
 *     the port was not written
 * @param explicitPort whether the port was written
 * @param uri the URI that replaces the location's prefix; null when the address has none
 */
public record ProxyTarget(
    boolean tls, String authority, HostPort server, boolean explicitPort, @Nullable String uri) {
  /**
   * Reads an address.
   *
   * @throws TemplateException in nginx's words
   */
  public static ProxyTarget parse(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    boolean tls = lower.startsWith("https://");
    if (!tls && !lower.startsWith("http://")) {
      throw new TemplateException("invalid URL prefix");
    }
    String rest = url.substring(tls ? 8 : 7);
    int end = rest.startsWith(HostPort.UNIX) ? unixEnd(rest) : uriStart(rest);
    String authority = rest.substring(0, end);
    int skip = end < rest.length() && rest.charAt(end) == ':' ? end + 1 : end;
    String uri = skip < rest.length() ? rest.substring(skip) : null;
    if (uri != null && !uri.startsWith("/")) {
      uri = "/" + uri;
    }
    try {
      HostPort server = HostPort.parse(authority, tls ? 443 : 80);
      boolean explicit = authority.indexOf(':', authority.lastIndexOf(']') + 1) >= 0;
      return new ProxyTarget(tls, server.isUnix() ? "localhost" : authority, server, explicit, uri);
    } catch (IllegalArgumentException e) {
      throw new TemplateException(e.getMessage() + " in upstream \"" + rest + "\"");
    }
  }

  /** Its scheme: {@code http} or {@code https}. */
  public String scheme() {
    return tls ? "https" : "http";
  }

  /** The address without a URI. */
  public String origin() {
    return scheme() + "://" + authority;
  }

  private static int uriStart(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }

  private static int unixEnd(String rest) {
    int colon = rest.indexOf(':', HostPort.UNIX.length());
    return colon < 0 ? rest.length() : colon;
  }
}
