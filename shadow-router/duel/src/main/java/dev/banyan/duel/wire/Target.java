package dev.banyan.duel.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that takes part. Immutable.
 *
 * @param name what reports call it
 */
public record Target(String name, Scheme scheme, String host, int port) {
  private static final Pattern TEXT =
      Pattern.compile(
          "([A-Za-z0-9_.-]{1,40})=(?:([a-z0-9]+)://)?(\\[[0-9a-fA-F:]+\\]|[^:/\\[\\]]+):(\\d{1,5})/?");

  /** How a target is spoken to. */
  public enum Scheme {
    /** HTTP/1 in the clear. */
    HTTP,
    /** HTTP/1 over TLS. */
    HTTPS,
    /** HTTP/2 over TLS, by ALPN. */
    H2,
    /** HTTP/2 in the clear, by prior knowledge. */
    H2C;

    /** Whether TLS is below it. */
    public boolean isSecure() {
      return this == HTTPS || this == H2;
    }

    /** Whether it is HTTP/2. */
    public boolean isHttp2() {
      return this == H2 || this == H2C;
    }
  }

  /**
   * Reads {@code NAME=HOST:PORT} or {@code NAME=SCHEME://HOST:PORT}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Target parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(4)) > 65_535) {
      throw new IllegalArgumentException(
          "\"" + text + "\": expected NAME=HOST:PORT, such as old=127.0.0.1:8081");
    }
    String scheme = matcher.group(2) == null ? "http" : matcher.group(2);
    return new Target(
        matcher.group(1),
        scheme(text, scheme),
        matcher.group(3).replaceAll("[\\[\\]]", ""),
        Integer.parseInt(matcher.group(4)));
  }

  private static Scheme scheme(String text, String word) {
    for (Scheme scheme : Scheme.values()) {
      if (scheme.name().toLowerCase(Locale.ROOT).equals(word)) {
        return scheme;
      }
    }
    throw new IllegalArgumentException(
        "\"" + text + "\": expected http, https, h2 or h2c before ://");
  }

  /** Where it listens, looked up anew. */
  public InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /**
   * Why nothing can be asked there, in a few words; empty when a connection is taken.
   *
   * @param patience how long to wait for it
   */
  public Optional<String> unreachable(Duration patience) {
    InetSocketAddress address = address();
    if (address.isUnresolved()) {
      return Optional.of("no address has the name " + host);
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) patience.toMillis());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return name + " (" + scheme.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port + ")";
  }
}
