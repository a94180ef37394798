package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: one request to a server of gRPC, in the one stream that its connection has
 * open.
 */
final class GrpcConnection extends PooledConnection {
  private final GrpcLink link;
  private final GrpcUpstream.Call call;
  private final GrpcOutput output;
  private final GrpcReplies replies;
  private final GrpcInput input;
  private Duration patience = Duration.ofSeconds(60);
  private @Nullable TransportException failure;
  private boolean refused;

  GrpcConnection(PooledSocket pooled, GrpcUpstream.Call call) {
    super(pooled);
    this.call = call;
    this.link = GrpcLink.of(pooled.socket());
    int stream = link.nextStream();
    this.output = new GrpcOutput(link, stream);
    this.replies = new GrpcReplies(link, output, stream);
    this.input = new GrpcInput(buffered(), link, replies, stream, call.headLimit());
  }

  GrpcInput input() {
    return input;
  }

  /** The fields of a block that has come. */
  Http2Headers decode(byte[] block) {
    return link.decode(block);
  }

  long headLimit() {
    return call.headLimit();
  }

  @Override
  public void sendHead(String method, String target, String scheme, Headers headers) {
    byte[] block = link.encode(method, target, scheme, headers);
    output.head(block, !reused(), !call.bodyFollows());
  }

  @Override
  public void writeBody(Chunk chunk, boolean chunked) {
    output.body(chunk.bytes());
  }

  @Override
  public void endBody(boolean chunked) {
    output.end();
    awaitWritable(patience);
  }

  /** Sends what was added, as windows allow. */
  @Override
  public void awaitWritable(Duration timeout) {
    patience = timeout;
    transmit(timeout);
    while (output.blocked() && !refused) {
      try {
        output.awaitWindow(timeout);
      } catch (TimeoutException e) {
        TransportException late =
            new TransportException(TransportException.Kind.TIMEOUT, false, "timeout", e);
        failure = late;
        throw late;
      }
      transmit(timeout);
    }
  }

  /**
   * Sends what may go out now. A server that reads no further may have answered all the same: that
   * it doesn't read is no failure of its answer.
   */
  private void transmit(Duration timeout) {
    if (!socket().isOpen()) {
      throw closed();
    }
    List<byte[]> pieces = output.take();
    if (refused || pieces.isEmpty()) {
      return;
    }
    try {
      send(pieces, timeout);
    } catch (TransportException e) {
      if (e.kind() != TransportException.Kind.CLOSED) {
        failure = e;
        throw e;
      }
      refused = true;
    }
  }

  @Override
  public Upstream.Response awaitResponse(Duration timeout, boolean headRequest) {
    if (await(timeout, true) == GrpcInput.Found.END) {
      throw closed();
    }
    GrpcHead head = GrpcHead.of(decode(input.takeBlock()), call.headLimit());
    input.bodyBegins();
    return new GrpcAnswer(this, head, headRequest);
  }

  /**
   * Waits until something of the stream has come.
   *
   * @param forHead whether it is the head, which a server owes nobody before it has the whole body
   */
  GrpcInput.Found await(Duration timeout, boolean forHead) {
    GrpcInput.Found found = look();
    while (found == GrpcInput.Found.NONE) {
      if (!more(timeout, forHead)) {
        throw failure == null ? closed() : failure;
      }
      found = look();
    }
    return found;
  }

  private GrpcInput.Found look() {
    GrpcInput.Found found = input.look();
    if (replies.takeUrgent()) {
      transmit(patience);
    }
    return found;
  }

  private boolean more(Duration timeout, boolean forHead) {
    while (true) {
      try {
        return fill(timeout);
      } catch (TransportException e) {
        boolean sending = forHead && !output.isOut() && failure == null;
        if (!sending || e.kind() != TransportException.Kind.TIMEOUT) {
          throw e;
        }
      }
    }
  }

  /** The answer is through: what the server is still owed goes out. */
  void settle(Duration timeout) {
    if (output.owesReplies()) {
      transmit(timeout);
    }
  }

  /** The connection is kept when nobody can doubt that the request is through. */
  void release() {
    if (!refused && output.isOut() && !output.owesReplies() && input.reusable()) {
      rest();
    } else {
      close();
    }
  }

  /** Who still writes the body finds that it is over. */
  @Override
  public void close() {
    super.close();
    output.opened();
  }
}
