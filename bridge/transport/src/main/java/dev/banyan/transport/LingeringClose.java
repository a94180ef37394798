package dev.banyan.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its channel's loop: closes a connection only when its client has, or says nothing more,
 * unless somebody is in a hurry.
 *
 * <p>A socket that is closed while there is something to read, or to which something comes
 * afterwards, resets the connection, and what the client has yet to take is lost: frames are under
 * way all the time on HTTP/2 (RFC 9113, 5.1 and 6.8), and so is what tells the client which of its
 * requests to send again. So this side says that it ends, then reads and discards for {@code
 * lingering_time}, or until nothing came for {@code lingering_timeout} (nginx: lingering_close).
 */
final class LingeringClose extends ChannelDuplexHandler {
  private final ListenerLimits limits;
  private final IdleTimer timer;
  private @Nullable ChannelHandlerContext lingering;
  private boolean saidSo;
  private long until;
  private boolean inputEnded;
  private boolean hurried;

  LingeringClose(WorkerLoop loop, ListenerLimits limits) {
    this.limits = limits;
    this.timer = new IdleTimer(loop, this::close);
  }

  /** From now on closing means at once. */
  void hurry() {
    hurried = true;
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    boolean mayLinger = !inputEnded && !hurried && ctx.channel().isActive();
    if (!mayLinger || !limits.closing().lingers(true)) {
      ctx.close(promise);
      return;
    }
    ctx.channel().closeFuture().addListener(_ -> promise.trySuccess());
    if (lingering == null) {
      lingering = ctx;
      timer.arm(limits.sendTimeout());
      OutputEnd.say(ctx).addListener(_ -> linger());
    }
  }

  private void linger() {
    saidSo = true;
    until = System.nanoTime() + limits.closing().lingeringTime().toNanos();
    timer.arm(limits.closing().lingeringTimeout());
  }

  private void close() {
    ChannelHandlerContext ctx = lingering;
    if (ctx != null) {
      ctx.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (lingering == null) {
      ctx.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (lingering == null) {
      ctx.fireChannelReadComplete();
    } else if (saidSo && System.nanoTime() - until > 0) {
      close();
    } else if (saidSo) {
      timer.arm(limits.closing().lingeringTimeout());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      close();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    timer.stop();
    ctx.fireChannelInactive();
  }
}
