package dev.banyan.transport;

import java.time.Duration;

/**
 * Owned by one loop: connections to servers of FastCGI, uwsgi and SCGI, of which only those of
 * FastCGI are ever used again.
 */
public final class CgiUpstream {
  private final WorkerSockets sockets;

  /** An answer of which more comes than its octets. */
  public interface Answer extends Upstream.Response {
    /** How much was read behind its head, with all that frames it. */
    long behindHead();
  }

  /** Connections among a worker's sockets. */
  public CgiUpstream(WorkerSockets sockets) {
    this.sockets = sockets;
  }

  /**
   * Takes an idle connection or opens one, as {@link Upstream#connect} does.
   *
   * @param request the parameters, as the wire encodes them
   */
  public Upstream.Connection connect(
      Upstream.Peer peer,
      Duration timeout,
      CgiWire wire,
      byte[] request,
      CgiWire.Listener listener) {
    return new CgiConnection(
        PooledSocket.open(sockets, wire.scheme(), peer, timeout), wire, request, listener);
  }
}
