package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.time.Duration;
import java.util.List;

/**
 * Owned by one loop: a connection to an origin of another protocol than HTTP, which counts what
 * goes over it. A request has no body unless its protocol says otherwise.
 */
abstract class PooledConnection implements Upstream.Connection {
  private final PooledSocket pooled;
  private long received;
  private long sent;

  PooledConnection(PooledSocket pooled) {
    this.pooled = pooled;
  }

  /** Queues a request; the parts have the meaning that its protocol gives them. */
  @Override
  public abstract void sendHead(String method, String target, String version, Headers headers);

  @Override
  public void writeBody(Chunk chunk, boolean chunked) {
    throw new IllegalStateException("a command has no body");
  }

  @Override
  public void endBody(boolean chunked) {
    // a command has none
  }

  /** Sends these octets and parks until the socket has taken them. */
  final void send(List<byte[]> pieces, Duration timeout) {
    socket().send(pieces, timeout);
    pieces.forEach(piece -> sent += piece.length);
  }

  /** Parks until more octets are there; false when none will come. */
  final boolean fill(Duration timeout) {
    int before = buffered().size();
    boolean more = await(timeout);
    received += buffered().size() - before;
    return more;
  }

  /** Parks until the socket has more octets; false when none will come. */
  boolean await(Duration timeout) {
    return socket().fill(timeout);
  }

  final RawSocket socket() {
    return pooled.socket();
  }

  final RawSocket.ReadBuffer buffered() {
    return socket().buffered();
  }

  /** Whole: the connection may be used again. */
  final void rest() {
    pooled.rest();
  }

  @Override
  public final boolean reused() {
    return pooled.reused();
  }

  @Override
  public final void option(RawSocket.Option option, int value) {
    socket().option(option, value);
  }

  @Override
  public void close() {
    socket().close();
  }

  @Override
  public final long bytesReceived() {
    return received;
  }

  @Override
  public final long bytesSent() {
    return sent;
  }

  /** Nothing came where something should. */
  static TransportException closed() {
    return new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
  }
}
