package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Owned by its channel's loop: hands what an outgoing channel receives to its raw socket. */
final class RawHandler extends ChannelInboundHandlerAdapter {
  private RawChannel socket;

  @SuppressWarnings("NullAway.Init") // the socket is made in handlerAdded, before any event
  RawHandler() {}

  RawChannel socket() {
    return socket;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    socket = new RawChannel(ctx.channel(), Unpooled.EMPTY_BUFFER, false);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    socket.received((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    socket.readComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      socket.ended();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    socket.ended();
    socket.detach();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    socket.broken(SystemErrors.phrase(cause));
    ctx.close();
  }
}
