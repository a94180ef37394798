package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
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
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Owned by its channel's loop: a UDP socket that is read only while a fiber waits. */
final class PeerDatagrams extends ChannelInboundHandlerAdapter implements UdpSocket {
  /** The largest datagram. */
  private static final int MAX_DATAGRAM = 65535;

  private final Channel channel;
  private @Nullable Promise<Boolean> waiting;
  private byte @Nullable [] received;
  private @Nullable String fault;
  private boolean closed;

  private PeerDatagrams(Channel channel) {
    this.channel = channel;
  }

  static UdpSocket open(WorkerLoop loop, SocketAddress address) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.eventLoop())
            .channel(Workers.datagramChannel(address instanceof UnixDomainSocketAddress))
            .option(ChannelOption.AUTO_READ, false)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(MAX_DATAGRAM).maxMessagesPerRead(1))
            .handler(new ChannelInboundHandlerAdapter());
    Promise<Channel> connected = new Promise<>();
    var future = bootstrap.connect(Workers.nettyAddress(address));
    future.addListener(result -> {
      if (result.isSuccess()) {
        connected.complete(future.channel());
      } else {
        Throwable cause = result.cause();
        connected.fail(
            new TransportException(
                TransportException.Kind.CONNECT, true, SystemErrors.phrase(cause), cause));
      }
    });
    Channel channel = connected.await();
    PeerDatagrams socket = new PeerDatagrams(channel);
    channel.pipeline().addLast(socket);
    return socket;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBufHolder datagram) {
      ByteBuf content = datagram.content();
      received = ByteBufUtil.getBytes(content);
      datagram.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (received != null) {
      wake();
    } else if (waiting != null) {
      ctx.read();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fault = SystemErrors.phrase(cause);
    wake();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
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
    if (written.isDone() && !written.isSuccess()) {
      Throwable cause = written.cause();
      throw new TransportException(
          TransportException.Kind.CONNECT, false, SystemErrors.phrase(cause), cause);
    }
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
