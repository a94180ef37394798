package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: a body that a fiber pulls out of a connection. */
final class Http1Body implements BodySource {
  /** What a reader asks of the connection. */
  interface Demand {
    /** Somebody wants the body. */
    default void begin() {}

    /** More octets. */
    void more();
  }

  private final BodyDecoder decoder;
  private final long length;
  private final Demand demand;
  private @Nullable TransportException failure;
  private @Nullable Promise<Boolean> waiting;
  private long received;
  private boolean wanted;
  private boolean uninvited;

  Http1Body(BodyDecoder decoder, long length, Demand demand) {
    this.decoder = decoder;
    this.length = length;
    this.demand = demand;
  }

  BodyDecoder decoder() {
    return decoder;
  }

  /** Octets of the body that somebody has read; those that are only discarded don't count. */
  long received() {
    return wanted ? received : 0;
  }

  /** Whether any octet of the body has come, wanted or not. */
  boolean arrived() {
    return received > 0;
  }

  /** Takes what is the body's from the input, waking nobody. */
  void absorb(ByteBuf input) {
    if (failure != null) {
      return;
    }
    int before = input.readableBytes();
    String fault = decoder.decode(input);
    received += before - input.readableBytes();
    if (fault != null) {
      failure = new TransportException(TransportException.Kind.PROTOCOL, false, fault, null);
    }
  }

  /** Takes what is the body's and wakes its reader; answers whether more is to come. */
  boolean feed(ByteBuf input) {
    absorb(input);
    if (waiting != null) {
      if (ready()) {
        wake();
      } else {
        demand.more();
      }
    }
    return !decoder.done() && failure == null;
  }

  void peerClosed() {
    if (decoder.peerClosed()) {
      wake();
    } else {
      fail(
          new TransportException(
              TransportException.Kind.CLOSED, false, "prematurely closed connection", null));
    }
  }

  void fail(TransportException cause) {
    if (failure == null) {
      failure = cause;
    }
    wake();
  }

  private void wake() {
    Promise<Boolean> promise = waiting;
    waiting = null;
    if (promise != null) {
      promise.complete(true);
    }
  }

  @Override
  public void begin() {
    if (!uninvited) {
      demand.begin();
    }
  }

  @Override
  public void keepUninvited() {
    uninvited = true;
  }

  @Override
  public @Nullable Chunk read(Duration timeout) {
    wanted = true;
    begin();
    while (true) {
      ByteBuf piece = decoder.poll();
      if (piece != null) {
        return new WireChunk(piece);
      }
      if (decoder.done()) {
        return null;
      }
      TransportException cause = failure;
      if (cause != null) {
        throw cause;
      }
      Promise<Boolean> promise = new Promise<>();
      waiting = promise;
      try {
        demand.more();
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
    return !decoder.isEmpty() || decoder.done() || failure != null;
  }

  @Override
  public boolean malformed() {
    TransportException cause = failure;
    return cause != null && cause.kind() == TransportException.Kind.PROTOCOL;
  }

  @Override
  public long length() {
    return length;
  }
}
