package dev.banyan.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Tells a client that nothing more comes, and goes on reading. */
final class OutputEnd {
  private OutputEnd() {}

  /**
   * Ends the output once all is sent, over TLS with the alert without which a client has to take it
   * for cut off (RFC 8446, 6.1).
   *
   * @return completes when that was said, or can't be
   */
  static ChannelFuture say(ChannelHandlerContext ctx) {
    ChannelPromise said = ctx.newPromise();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(_ -> {
          SslHandler tls = ctx.pipeline().get(SslHandler.class);
          if (tls == null) {
            shut(ctx, said);
          } else {
            tls.closeOutbound().addListener(_ -> shut(ctx, said));
          }
        });
    return said;
  }

  private static void shut(ChannelHandlerContext ctx, ChannelPromise said) {
    if (ctx.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput(said);
    } else {
      said.setSuccess();
    }
  }
}
