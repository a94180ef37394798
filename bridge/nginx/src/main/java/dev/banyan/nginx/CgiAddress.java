package dev.banyan.nginx;

import java.util.Locale;

/**
 * An address of {@code fastcgi_pass} and its like.
 *
 * @param server without the scheme, which {@code uwsgi_pass} alone may have
 * @param secure whether it is asked under TLS
 */
public record CgiAddress(String server, boolean secure) {
  private static final String PLAIN = "uwsgi://";
  private static final String SECURE = "suwsgi://";

  /** Parts an address. */
  public static CgiAddress parse(CgiProtocol protocol, String text) {
    String lower = protocol == CgiProtocol.UWSGI ? text.toLowerCase(Locale.ROOT) : "";
    if (lower.startsWith(PLAIN)) {
      return new CgiAddress(text.substring(PLAIN.length()), false);
    }
    return lower.startsWith(SECURE)
        ? new CgiAddress(text.substring(SECURE.length()), true)
        : new CgiAddress(text, false);
  }
}
