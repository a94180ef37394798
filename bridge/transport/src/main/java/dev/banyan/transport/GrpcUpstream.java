package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.time.Duration;

/**
 * Owned by one loop: connections to servers of gRPC, which speak HTTP/2 from their first octet. As
 * nginx has it, a connection carries one request at a time, each in a stream of its own.
 */
public final class GrpcUpstream {
  private static final String HTTP_2 = "h2";

  private final WorkerSockets sockets;

  /** Connections among a worker's sockets. */
  public GrpcUpstream(WorkerSockets sockets) {
    this.sockets = sockets;
  }

  /** An answer that may have fields behind its body. */
  public interface Answer extends CgiUpstream.Answer {
    /** Whether its head was all there is of it. */
    boolean headAlone();

    /** These fields, all of which are there once the body was read to its end. */
    Headers trailers();
  }

  /**
   * What is known of a request before its connection is.
   *
   * @param bodyFollows whether its stream goes on behind the head
   * @param headLimit the most octets in the names and values of one head of the answer
   */
  public record Call(boolean bodyFollows, long headLimit) {}

  /**
   * Takes an idle connection or opens one, as {@link Upstream#connect} does. Its {@link
   * Upstream.Connection#sendHead} takes the scheme in the place of a version, and the authority as
   * a field.
   */
  public Upstream.Connection connect(Upstream.Peer peer, Duration timeout, Call call) {
    RawSocket.TlsClient tls = peer.tls();
    Upstream.Peer speaking =
        new Upstream.Peer(
            peer.address(),
            peer.local(),
            tls == null ? null : tls.offering(HTTP_2),
            peer.pool(),
            peer.keepIdle(),
            peer.keepTime());
    String protocol = tls == null ? "grpc" : "grpcs";
    return new GrpcConnection(PooledSocket.open(sockets, protocol, speaking, timeout), call);
  }
}
