package dev.banyan.duel.wire;

import dev.banyan.duel.wire.Answer.Ending;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Confined to the client's event loop: a connection of HTTP/1. Requests may be sent before the
 * answers to earlier ones have come; answers belong to requests in their order.
 */
final class Http1Link extends ChannelInboundHandlerAdapter implements Link {
  private final Duration timeout;
  private final Runnable onSurplus;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private @Nullable Channel channel;
  private boolean open = true;
  private int carried;

  /**
   * A link whose channel is still to come.
   *
   * @param timeout for each answer
   * @param onSurplus told of octets that belong to no request
   */
  Http1Link(Duration timeout, Runnable onSurplus) {
    this.timeout = timeout;
    this.onSurplus = onSurplus;
  }

  private record Pending(Ask ask, AnswerReader reader, long start, ScheduledFuture<?> alarm) {
    long nanos() {
      return System.nanoTime() - start;
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void send(Ask ask) {
    Channel to = channel;
    if (to == null || !open) {
      ask.answer().complete(Answer.none(Ending.CLOSED, "the connection was closed before", 0));
      return;
    }
    carried++;
    AnswerReader reader = new AnswerReader(ask.request().method());
    ScheduledFuture<?> alarm =
        to.eventLoop().schedule(() -> late(ask), timeout.toNanos(), TimeUnit.NANOSECONDS);
    waiting.add(new Pending(ask, reader, System.nanoTime(), alarm));
    to.writeAndFlush(Unpooled.wrappedBuffer(ask.request().encode(ask.mark())));
  }

  private void late(Ask ask) {
    Pending first = waiting.peek();
    if (first != null && !ask.answer().isDone()) {
      waiting.remove();
      breakOff(first, Ending.TIMED_OUT, late(first));
    }
  }

  private String late(Pending pending) {
    return "no end within " + timeout.toMillis() + " ms: it stopped " + pending.reader().where();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable() && open) {
        Pending first = waiting.peek();
        if (first == null) {
          onSurplus.run();
          close();
        } else {
          read(first, in);
        }
      }
    } finally {
      in.release();
    }
  }

  private void read(Pending first, ByteBuf in) {
    try {
      if (!first.reader().read(in)) {
        return;
      }
    } catch (MalformedAnswer e) {
      waiting.remove();
      breakOff(first, Ending.MALFORMED, String.valueOf(e.getMessage()));
      return;
    }
    waiting.remove();
    if (in.isReadable() && waiting.isEmpty()) {
      String why = in.readableBytes() + " octets more than the answer's length says";
      breakOff(first, Ending.MALFORMED, why);
    } else {
      boolean last = first.reader().closes();
      if (last) {
        open = false;
      }
      end(first, first.reader().complete(first.nanos()));
      if (last) {
        close();
      }
    }
  }

  /** Ends an answer and the connection, which nobody may take up again meanwhile. */
  private void breakOff(Pending pending, Ending ending, String why) {
    open = false;
    end(pending, pending.reader().broken(ending, why, pending.nanos()));
    close();
  }

  private static void end(Pending pending, Answer answer) {
    pending.alarm().cancel(false);
    pending.ask().answer().complete(answer);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    open = false;
    for (Pending next = waiting.poll(); next != null; next = waiting.poll()) {
      end(next, next.reader().closed(next.nanos()));
    }
  }

  /** The connection was reset, or its TLS failed: it ends, which completes what waits. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public int waiting() {
    return waiting.size();
  }

  @Override
  public int carried() {
    return carried;
  }

  @Override
  public void close() {
    open = false;
    Channel closing = channel;
    if (closing != null) {
      closing.close();
    }
  }
}
