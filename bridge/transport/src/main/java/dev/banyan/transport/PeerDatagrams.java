package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by a worker's loop: a UDP socket that is read only while a fiber waits. Its channel may
 * have a loop of its own ({@link UnixDatagrams}): what that tells is taken to the worker's.
 */
final class PeerDatagrams extends ChannelInboundHandlerAdapter implements UdpSocket {
  private static final Logger LOG = LoggerFactory.getLogger(PeerDatagrams.class);

  /** The largest datagram. */
  private static final int MAX_DATAGRAM = 65535;

  private final WorkerLoop loop;
  private final Channel channel;
  private final boolean gathers;
  private @Nullable Promise<Boolean> waiting;
  private byte @Nullable [] received;
  private @Nullable String fault;
  private boolean closed;

  private PeerDatagrams(WorkerLoop loop, Channel channel, boolean gathers) {
    this.loop = loop;
    this.channel = channel;
    this.gathers = gathers;
  }

  static UdpSocket open(WorkerLoop loop, SocketAddress address) {
    boolean unix = address instanceof UnixDomainSocketAddress;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(unix ? loop.unixDatagrams().loop(loop) : loop.eventLoop())
            .channel(unix ? loop.unixDatagrams().channel() : loop.method().datagrams())
            .option(ChannelOption.AUTO_READ, false)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(MAX_DATAGRAM).maxMessagesPerRead(1))
            .handler(new ChannelInboundHandlerAdapter());
    Promise<Channel> connected = new Promise<>();
    ConnectionNumbers.next(); // as other connections are
    ChannelFuture future = bootstrap.connect(IoMethod.EPOLL.address(address));
    future.addListener(_ -> on(loop, () -> connected(future, connected)));
    Channel channel = connected.await();
    if (!unix) {
      loop.guard(channel);
    }
    PeerDatagrams socket =
        new PeerDatagrams(loop, channel, !unix && loop.method() == IoMethod.IO_URING);
    channel.pipeline().addLast(socket);
    return socket;
  }

  private static void connected(ChannelFuture future, Promise<Channel> connected) {
    Throwable cause = future.cause();
    if (cause == null) {
      connected.complete(future.channel());
    } else {
      connected.fail(
          new TransportException(
              TransportException.Kind.CONNECT, true, SystemErrors.phrase(cause), cause));
    }
  }

  private static void on(WorkerLoop loop, Runnable task) {
    if (loop.inLoop()) {
      task.run();
    } else {
      try {
        loop.execute(task);
      } catch (RejectedExecutionException e) {
        LOG.debug("a datagram socket told something to a worker that has ended", e);
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBufHolder datagram) {
      byte[] octets = ByteBufUtil.getBytes(datagram.content());
      datagram.release();
      on(loop, () -> received = octets);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    on(loop, this::wasRead);
  }

  private void wasRead() {
    if (received != null) {
      wake();
    } else if (waiting != null) {
      channel.read();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    on(loop, () -> failed(SystemErrors.phrase(cause)));
  }

  private void failed(String reason) {
    fault = reason;
    wake();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    on(loop, this::ended);
  }

  private void ended() {
    closed = true;
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
  public void send(List<byte[]> pieces) {
    if (closed) {
      throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
    }
    String pending = takeFault(); // what the last datagram was answered with
    if (pending != null) {
      throw new TransportException(TransportException.Kind.CONNECT, false, pending, null);
    }
    ChannelFuture written =
        channel.writeAndFlush(Unpooled.wrappedBuffer(pieces.toArray(byte[][]::new)));
    if (gathers) {
      awaitWritten(written);
    }
    Throwable cause = written.cause();
    if (cause != null) {
      throw new TransportException(
          TransportException.Kind.CONNECT, false, SystemErrors.phrase(cause), cause);
    }
  }

  /** Where sends are gathered, only the next poll tells what became of this one. */
  private static void awaitWritten(ChannelFuture written) {
    Promise<Boolean> told = new Promise<>();
    written.addListener(_ -> told.complete(true));
    told.await();
  }

  @Override
  public byte[] receive(int max, Duration timeout) {
    if (received == null && fault == null && !closed) {
      Promise<Boolean> promise = new Promise<>();
      waiting = promise;
      channel.read();
      try {
        promise.await(timeout);
      } catch (TimeoutException e) {
        throw new TransportException(TransportException.Kind.TIMEOUT, false, "timeout", e);
      } finally {
        waiting = null;
      }
    }
    byte[] datagram = received;
    received = null;
    if (datagram != null) {
      return datagram.length <= max ? datagram : java.util.Arrays.copyOf(datagram, max);
    }
    String reason = takeFault();
    throw reason != null
        ? new TransportException(TransportException.Kind.CONNECT, false, reason, null)
        : new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
  }

  private @Nullable String takeFault() {
    String reason = fault;
    fault = null;
    return reason;
  }

  @Override
  public void close() {
    closed = true;
    channel.close();
  }
}
