package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its stream's loop: a request body that comes in DATA frames, as long as its announced
 * length.
 */
final class Http2Body implements BodySource {
  private final Channel stream;
  private final long length;
  private final ArrayDeque<ByteBuf> ready = new ArrayDeque<>(4);
  private @Nullable Promise<Boolean> waiting;
  private long received;
  private boolean done;
  private boolean broken;

  /** Whether the frames hold more or less than was announced. */
  private boolean wrong;

  Http2Body(Channel stream, long length, boolean done) {
    this.stream = stream;
    this.length = length;
    this.done = done;
  }

  long received() {
    return received;
  }

  /** Whether the last frame has come. */
  boolean complete() {
    return done;
  }

  void add(ByteBuf data, boolean last) {
    received += data.readableBytes();
    wrong |= length >= 0 && (received > length || (last && received < length));
    if (data.isReadable() && !broken && !wrong) {
      ready.add(data);
    } else {
      data.release();
    }
    done |= last;
    wake();
  }

  /** The stream ended: nothing more comes. */
  void ended() {
    broken = !done;
    wake();
  }

  void releaseAll() {
    for (ByteBuf piece = ready.poll(); piece != null; piece = ready.poll()) {
      piece.release();
    }
  }

  /** The stream has ended: whoever reads may come to the pieces that wait, or never. */
  void detach() {
    for (int i = ready.size(); i > 0; i--) {
      ready.add(Buffers.detached(ready.remove()));
    }
  }

  private void wake() {
    Promise<Boolean> promise = waiting;
    waiting = null;
    if (promise != null) {
      promise.complete(true);
    }
  }

  @Override
  public @Nullable Chunk read(Duration timeout) {
    while (true) {
      if (wrong) {
        throw new TransportException(
            TransportException.Kind.CLOSED, false, "client sent another length than told", null);
      }
      ByteBuf piece = ready.poll();
      if (piece != null) {
        return new WireChunk(piece);
      }
      if (done) {
        return null;
      }
      if (broken) {
        throw new TransportException(
            TransportException.Kind.CLOSED, false, "client prematurely closed stream", null);
      }
      Promise<Boolean> promise = new Promise<>();
      waiting = promise;
      stream.read();
      try {
        if (!ready()) {
          promise.await(timeout);
        }
      } catch (TimeoutException e) {
        throw new TransportException(TransportException.Kind.TIMEOUT, false, "timed out", e);
      } finally {
        waiting = null;
      }
    }
  }

  @Override
  public boolean ready() {
    return !ready.isEmpty() || done || broken || wrong;
  }

  @Override
  public long length() {
    return length;
  }
}
