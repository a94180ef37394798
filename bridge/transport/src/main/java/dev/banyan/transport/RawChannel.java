package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its channel's loop: a channel as a plain byte stream. The socket is read only while a
 * fiber waits for more, so what is buffered stays below one read beyond what was asked for.
 */
final class RawChannel implements RawSocket, RawSocket.ReadBuffer {
  private static final String BROKEN = "broken pipe";
  private static final String RESET = "connection reset by peer";

  private final Channel channel;
  private ByteBuf input;
  private boolean ended;
  private boolean closed;
  private int reused;
  private long sent;
  private @Nullable String fault;
  private @Nullable Promise<Boolean> waiting;
  private @Nullable Runnable pooled;

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
    if (pooled != null) {
      leavePool();
    } else if (input.isReadable()) {
      wake(true);
    } else if (waiting != null) {
      channel.read();
    }
  }

  /** The peer sends no more. */
  void ended() {
    ended = true;
    if (pooled != null) {
      leavePool();
    } else {
      wake(false);
    }
  }

  /** The connection broke: {@code reason} in the words of the system, without capitals. */
  void broken(String reason) {
    if (fault == null) {
      fault = reason;
    }
    ended();
  }

  /** The connection has ended both ways: whoever reads may come to what is there, or never. */
  void detach() {
    input = Buffers.detached(input);
  }

  private void wake(boolean more) {
    Promise<Boolean> promise = waiting;
    waiting = null;
    if (promise != null) {
      promise.complete(more);
    }
  }

  /** Rests in a pool; {@code leave} is run when the peer ends it or talks unasked. */
  void enterPool(Runnable leave) {
    pooled = leave;
    channel.read();
  }

  void takenFromPool() {
    pooled = null;
    reused++;
  }

  private void leavePool() {
    Runnable leave = pooled;
    pooled = null;
    if (leave != null) {
      leave.run();
    }
    close();
  }

  /** Whether a fiber reads from it. */
  boolean busy() {
    return waiting != null;
  }

  /** Whether the peer is known to send no more. */
  boolean hasEnded() {
    return ended;
  }

  boolean isSecure() {
    return channel.pipeline().get(SslHandler.class) != null;
  }

  /** Octets that the socket took. */
  long sent() {
    return sent;
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
      throw closed("closed");
    }
    if (waiting != null) {
      throw new IllegalStateException("another fiber reads from this socket");
    }
    if (ended) {
      return endOfInput();
    }
    Promise<Boolean> promise = new Promise<>();
    waiting = promise;
    channel.read();
    try {
      return promise.await(timeout) || endOfInput();
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, false, "timeout", e);
    } finally {
      waiting = null;
    }
  }

  private boolean endOfInput() {
    String reason = fault;
    if (reason != null) {
      throw closed(reason);
    }
    return false;
  }

  private static TransportException closed(String reason) {
    return new TransportException(TransportException.Kind.CLOSED, false, reason, null);
  }

  @Override
  public void send(List<byte[]> pieces, Duration timeout) {
    if (closed || !channel.isActive()) {
      throw closed(closed || fault == null ? "closed" : BROKEN);
    }
    boolean broken = fault != null; // and it has been told
    Promise<String> done = new Promise<>();
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(pieces.toArray(byte[][]::new)))
        .addListener(future -> done.complete(phrase(future.cause())));
    try {
      String failed = done.await(timeout);
      if (!failed.isEmpty()) {
        throw closed(broken || fault == null ? failed : fault);
      }
      for (byte[] piece : pieces) {
        sent += piece.length;
      }
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, false, "timeout", e);
    }
  }

  /** Why octets were not taken; empty when they were. */
  private static String phrase(@Nullable Throwable cause) {
    if (cause == null) {
      return "";
    }
    String phrase = SystemErrors.phrase(cause);
    return phrase.equals(RESET) ? RESET : BROKEN;
  }

  @Override
  public void handshake(TlsClient options, Duration timeout) {
    if (!isSecure()) {
      TlsHandshakes.client(channel, options, timeout);
    }
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
  public int option(Option option) {
    return SocketOptions.get(channel.config(), option);
  }

  @Override
  public void option(Option option, int value) {
    SocketOptions.set(channel.config(), option, value);
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
