package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Owned by its channel's loop: a channel as a plain byte stream. */
final class RawChannel implements RawSocket, RawSocket.ReadBuffer {
  private final Channel channel;
  private ByteBuf input;
  private boolean ended;
  private boolean closed;
  private int reused;
  private @Nullable Promise<Boolean> waiting;

  RawChannel(Channel channel, ByteBuf first, boolean ended) {
    this.channel = channel;
    this.input = first;
    this.ended = ended;
  }

  void received(ByteBuf data) {
    if (closed) {
      data.release();
    } else {
      input = Buffers.append(channel.alloc(), input, data);
    }
  }

  void readComplete() {
    if (input.isReadable()) {
      wake(true);
    } else if (waiting != null) {
      channel.read();
    }
  }

  void ended() {
    ended = true;
    wake(false);
  }

  private void wake(boolean more) {
    Promise<Boolean> promise = waiting;
    waiting = null;
    if (promise != null) {
      promise.complete(more);
    }
  }

  void takenFromPool() {
    reused++;
  }

  Channel channel() {
    return channel;
  }

  @Override
  public ReadBuffer buffered() {
    return this;
  }

  @Override
  public boolean fill(Duration timeout) {
    if (closed) {
      throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
    }
    if (ended) {
      return false;
    }
    Promise<Boolean> promise = new Promise<>();
    waiting = promise;
    channel.read();
    try {
      return promise.await(timeout);
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, false, "timeout", e);
    } finally {
      waiting = null;
    }
  }

  @Override
  public void send(List<byte[]> pieces, Duration timeout) {
    if (closed || !channel.isActive()) {
      throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
    }
    byte[][] arrays = pieces.toArray(byte[][]::new);
    Promise<Boolean> done = new Promise<>();
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(arrays))
        .addListener(future -> done.complete(future.isSuccess()));
    try {
      if (!done.await(timeout)) {
        throw new TransportException(TransportException.Kind.CLOSED, false, "broken pipe", null);
      }
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, false, "timeout", e);
    }
  }

  @Override
  public void handshake(TlsClient options, Duration timeout) {
    TlsHandshakes.client(channel, options, timeout);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      input.release();
      input = Unpooled.EMPTY_BUFFER;
      channel.close();
      wake(false);
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean dirty() {
    return input.isReadable() || ended || !channel.isActive();
  }

  @Override
  public int reusedTimes() {
    return reused;
  }

  @Override
  public int size() {
    return input.readableBytes();
  }

  @Override
  public int at(int index) {
    return input.getUnsignedByte(input.readerIndex() + index);
  }

  @Override
  public int indexOf(int octet, int from) {
    int start = input.readerIndex();
    int found = input.indexOf(start + from, input.writerIndex(), (byte) octet);
    return found < 0 ? -1 : found - start;
  }

  @Override
  public byte[] take(int count) {
    byte[] bytes = new byte[count];
    input.readBytes(bytes);
    return bytes;
  }
}
