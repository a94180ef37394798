package dev.banyan.transport;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Owned by a loop that gathers its sends; the first handler of each of its channels. What was
 * flushed before a channel is closed goes out, as far as the socket takes it, as it does where a
 * flush sends at once: without this a close cancels it.
 */
@Sharable
final class CloseOnceSubmitted extends ChannelOutboundHandlerAdapter {
  private final Submissions submissions;

  CloseOnceSubmitted(Submissions submissions) {
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
}
