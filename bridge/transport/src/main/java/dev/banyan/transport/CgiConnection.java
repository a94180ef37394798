package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Owned by one loop: one request to an application server, whose answer is a CGI program's. */
final class CgiConnection implements Upstream.Connection {
  private final PooledSocket pooled;
  private final RawSocket socket;
  private final CgiWire wire;
  private final CgiStream stream;
  private final byte[] request;
  private final List<byte[]> owed = new ArrayList<>();
  private Duration patience = Duration.ofSeconds(60);
  private boolean bodySent;
  private boolean refused;
  private long received;
  private long sent;

  CgiConnection(PooledSocket pooled, CgiWire wire, byte[] request, CgiWire.Listener listener) {
    this.pooled = pooled;
    this.socket = pooled.socket();
    this.wire = wire;
    this.request = request;
    this.stream =
        wire instanceof CgiWire.FastCgi fast
            ? new FastCgiStream(this, fast, listener)
            : new CgiStream(this);
    this.listener = listener;
  }

  private final CgiWire.Listener listener;

  @Override
  public boolean reused() {
    return pooled.reused();
  }

  @Override
  public void option(RawSocket.Option option, int value) {
    socket.option(option, value);
  }

  /** Queues the parameters that the connection was opened for: nothing else is in a head. */
  @Override
  public void sendHead(String method, String target, String version, Headers headers) {
    owed.add(request);
  }

  @Override
  public void writeBody(Chunk chunk, boolean chunked) {
    byte[] octets = chunk.bytes();
    if (octets.length > 0) {
      owed.add(wire instanceof CgiWire.FastCgi ? FastCgiRecord.body(octets) : octets);
    }
  }

  @Override
  public void endBody(boolean chunked) {
    if (wire instanceof CgiWire.FastCgi) {
      owed.add(FastCgiRecord.bodyEnd());
    }
    awaitWritable(patience);
    bodySent = true;
  }

  /**
   * Sends what is queued. A server that reads no further may have answered all the same: that it
   * doesn't read is no failure of its answer.
   */
  @Override
  public void awaitWritable(Duration timeout) {
    patience = timeout;
    if (!socket.isOpen()) {
      throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
    }
    List<byte[]> pieces = List.copyOf(owed);
    owed.clear();
    if (refused || pieces.isEmpty()) {
      return;
    }
    try {
      socket.send(pieces, timeout);
      pieces.forEach(piece -> sent += piece.length);
    } catch (TransportException e) {
      if (e.kind() != TransportException.Kind.CLOSED) {
        throw e;
      }
      refused = true;
    }
  }

  @Override
  public Upstream.Response awaitResponse(Duration timeout, boolean headRequest) {
    CgiHead head = new CgiHead(!(wire instanceof CgiWire.FastCgi));
    while (!head.line(stream.line(head, timeout))) {
      // further lines follow
    }
    stream.headEnds();
    return new CgiAnswer(this, stream, head, headRequest, listener);
  }

  /** Parks until more octets are there; false when none will come. */
  boolean fill(Duration timeout) {
    int before = socket.buffered().size();
    boolean more = fillOrOutlast(timeout);
    received += socket.buffered().size() - before;
    return more;
  }

  /** A server owes nothing before it has all of the body, for which there are other times. */
  private boolean fillOrOutlast(Duration timeout) {
    while (true) {
      try {
        return socket.fill(timeout);
      } catch (TransportException e) {
        if (bodySent || e.kind() != TransportException.Kind.TIMEOUT) {
          throw e;
        }
      }
    }
  }

  RawSocket socket() {
    return socket;
  }

  RawSocket.ReadBuffer buffered() {
    return socket.buffered();
  }

  /** The answer is through: the connection is kept when nobody can doubt that. */
  void release() {
    if (bodySent && !refused && stream.reusable()) {
      pooled.rest();
    } else {
      socket.close();
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public long bytesReceived() {
    return received;
  }

  @Override
  public long bytesSent() {
    return sent;
  }
}
