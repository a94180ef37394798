package dev.banyan.nginx;

/**
 * A host, without brackets, and a port; of a Unix socket the path, and port 0.
 *
 * @param host a name or an address; for a Unix socket {@code unix:/path}
 */
public record HostPort(String host, int port) {
  /** The prefix that marks Unix sockets. */
  public static final String UNIX = "unix:";

  /** Whether it is a Unix socket. */
  public boolean isUnix() {
    return host.startsWith(UNIX);
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [v6]:port} or {@code unix:/path}.
   *
   * @throws IllegalArgumentException with nginx's words: "invalid port", "invalid host" or "no
   *     host"
   */
  public static HostPort parse(String text, int defaultPort) {
    if (text.startsWith(UNIX)) {
      if (text.length() == UNIX.length()) {
        throw new IllegalArgumentException("no path in the unix domain socket");
      }
      return new HostPort(text, 0);
    }
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = text.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? text : text.substring(0, colon);
    if ((text.startsWith("[") && bracket < 0) || text.indexOf('/') >= 0) {
      throw new IllegalArgumentException("invalid host");
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    String bare = bracket < 0 ? host : text.substring(1, bracket);
    return new HostPort(bare, colon < 0 ? defaultPort : port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    boolean digits =
        !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("invalid port");
    }
    return port;
  }

  @Override
  public String toString() {
    if (isUnix()) {
      return host;
    }
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
