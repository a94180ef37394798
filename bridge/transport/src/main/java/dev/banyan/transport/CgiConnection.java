package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Owned by one loop: one request to an application server, whose answer is a CGI program's. */
final class CgiConnection extends PooledConnection {
  private final CgiWire wire;
  private final CgiStream stream;
  private final byte[] request;
  private final CgiWire.Listener listener;
  private final List<byte[]> owed = new ArrayList<>();
  private Duration patience = Duration.ofSeconds(60);
  private boolean bodySent;
  private boolean refused;

  CgiConnection(PooledSocket pooled, CgiWire wire, byte[] request, CgiWire.Listener listener) {
    super(pooled);
    this.wire = wire;
    this.request = request;
    this.stream =
        wire instanceof CgiWire.FastCgi fast
            ? new FastCgiStream(this, fast, listener)
            : new CgiStream(this);
    this.listener = listener;
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
    if (!socket().isOpen()) {
      throw closed();
    }
    List<byte[]> pieces = List.copyOf(owed);
    owed.clear();
    if (refused || pieces.isEmpty()) {
      return;
    }
    try {
      send(pieces, timeout);
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

  /** A server owes nothing before it has all of the body, for which there are other times. */
  @Override
  boolean await(Duration timeout) {
    while (true) {
      try {
        return super.await(timeout);
      } catch (TransportException e) {
        if (bodySent || e.kind() != TransportException.Kind.TIMEOUT) {
          throw e;
        }
      }
    }
  }

  /** The answer is through: the connection is kept when nobody can doubt that. */
  void release() {
    if (bodySent && !refused && stream.reusable()) {
      rest();
    } else {
      close();
    }
  }
}
