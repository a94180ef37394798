package dev.banyan.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * Owned by a loop that gathers its sends; the first handler of each of its channels. Has two things
 * happen in the order that epoll gives them.
 *
 * <ul>
 *   <li>What was flushed before a channel is closed goes out, as far as the socket takes it, as it
 *       does where a flush sends at once: without this a close cancels it.
 *   <li>What came before the end of the peer's octets is complete before that end is told. Netty's
 *       io_uring (4.2.18) reads on once it knows that the peer has ended, and tells the end between
 *       the octets and their completion.
 * </ul>
 */
@Sharable
final class AsUnderEpoll extends ChannelDuplexHandler {
  private final Submissions submissions;

  AsUnderEpoll(Submissions submissions) {
    this.submissions = submissions;
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    ChannelOutboundBuffer flushed = ctx.channel().unsafe().outboundBuffer();
    if (flushed == null || flushed.isEmpty()) {
      ctx.close(promise);
    } else {
      submissions.then(() -> ctx.close(promise));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.fireChannelReadComplete();
    }
    ctx.fireUserEventTriggered(event);
  }
}
