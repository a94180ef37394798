package dev.banyan.gateway.path;

import dev.banyan.api.Headers;
import dev.banyan.api.Journal.Entry.DictCall;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unchanged once made, for any thread: a request as it came, and what it found in the world. Not
 * yet redacted.
 *
 * @param target as it stood in the request line
 * @param body its octets; null when they were not all read, or not kept in memory
 * @param listener where it was received
 * @param answer what an origin answered last; null when none was asked
 */
public record WholeRequest(
    String method,
    String target,
    Headers headers,
    byte @Nullable [] body,
    Listener listener,
    World world,
    @Nullable OriginAnswer answer) {
  /**
   * Where a request was received.
   *
   * @param tls whether it came through TLS
   */
  public record Listener(InetSocketAddress client, InetSocketAddress server, boolean tls) {}

  /**
   * What the calls of the request's Lua asked of the world.
   *
   * @param millis when the request began
   * @param dicts calls of shared dicts, in order
   * @param sockets whether a socket of Lua's was connected
   */
  public record World(long millis, List<DictCall> dicts, boolean sockets) {
    /** Copies the calls. */
    public World {
      dicts = List.copyOf(dicts);
    }
  }

  /**
   * What an origin answered.
   *
   * @param pieces its body's octets as far as a filter of Lua's saw them
   */
  public record OriginAnswer(int status, Headers headers, List<String> pieces) {
    /** Copies the pieces. */
    public OriginAnswer {
      pieces = List.copyOf(pieces);
    }
  }
}
