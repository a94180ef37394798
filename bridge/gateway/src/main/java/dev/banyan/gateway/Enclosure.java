package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.transport.HttpExchange;
import dev.banyan.transport.Upstream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: has a gateway touch nothing outside, so that requests can be tried on it. It
 * listens on free ports of the loopback, whatever the configuration says; every request to an
 * origin goes to one; no name is looked up, no socket of Lua's is connected; logs, and what Lua
 * writes to files, are dropped.
 */
public final class Enclosure {
  /** What a name or another address stands for; nobody has it (RFC 5737). */
  private static final byte[] NOBODY = {(byte) 192, 0, 2, 1};

  private final SocketAddress origin;
  private volatile @Nullable Ends ends;

  /** With this origin. */
  public Enclosure(InetSocketAddress origin) {
    this.origin = origin;
  }

  /** Both ends of a client's connection. */
  public record Ends(InetSocketAddress client, InetSocketAddress server) {}

  /** Between whom the connections of the next requests are said to be. */
  public void next(@Nullable Ends said) {
    ends = said;
  }

  /** The client's end of a connection. */
  static InetSocketAddress client(@Nullable Enclosure enclosure, HttpExchange exchange) {
    Ends said = enclosure == null ? null : enclosure.ends;
    return said == null ? exchange.remote() : said.client();
  }

  /** The server's end of a connection. */
  static InetSocketAddress server(@Nullable Enclosure enclosure, HttpExchange exchange) {
    Ends said = enclosure == null ? null : enclosure.ends;
    return said == null ? exchange.local() : said.server();
  }

  /** Connects to the one origin. */
  static Upstream upstream(@Nullable Enclosure enclosure, Upstream real) {
    return enclosure == null
        ? real
        : (_, timeout) ->
            real.connect(
                new Upstream.Peer(enclosure.origin, null, null, 0, Duration.ZERO), timeout);
  }

  /** The addresses of a host of the configuration; a name is looked up, which blocks. */
  static List<SocketAddress> addresses(@Nullable Enclosure enclosure, HostPort host)
      throws UnknownHostException {
    return enclosure == null || host.isUnix() || Addresses.literal(host) != null
        ? Addresses.resolve(host)
        : List.of(Addresses.socketAddress(NOBODY, host.port()));
  }
}
