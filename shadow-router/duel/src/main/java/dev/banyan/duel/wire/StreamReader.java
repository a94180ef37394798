package dev.banyan.duel.wire;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.wire.Answer.Ending;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Confined to the client's event loop: reads the answer on one stream of HTTP/2. */
final class StreamReader extends ChannelInboundHandlerAdapter {
  private final Ask ask;
  private final Duration timeout;
  private final long start = System.nanoTime();
  private final List<Field> fields = new ArrayList<>();
  private final List<Field> trailers = new ArrayList<>();
  private final List<Field> early = new ArrayList<>();
  private final Body.Collector body = new Body.Collector();
  private @Nullable ScheduledFuture<?> alarm;
  private int status;

  StreamReader(Ask ask, Duration timeout) {
    this.ask = ask;
    this.timeout = timeout;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    alarm =
        context
            .executor()
            .schedule(
                () -> {
                  end(Ending.TIMED_OUT, "no end within " + timeout.toMillis() + " ms");
                  context.close();
                },
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      switch (message) {
        case Http2HeadersFrame head -> head(head);
        case Http2DataFrame data -> {
          body.add(data.content(), data.content().readableBytes());
          endOf(data.isEndStream());
        }
        default -> {
          // settings, priorities and the like answer nothing
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** Netty hands a reset of the stream on as an event. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      reset(reset.errorCode());
    }
  }

  private void head(Http2HeadersFrame frame) {
    CharSequence code = frame.headers().status();
    if (status == 0 && code != null) {
      int number = number(code);
      if (number >= 100 && number < 200) {
        List<Field> head = new ArrayList<>();
        copy(frame.headers(), head);
        Answer.early(number, head, early);
        return;
      }
      status = number;
      copy(frame.headers(), fields);
    } else {
      copy(frame.headers(), trailers);
    }
    endOf(frame.isEndStream());
  }

  private static int number(CharSequence code) {
    return code.toString().matches("\\d{3}") ? Integer.parseInt(code.toString()) : -1;
  }

  private static void copy(Http2Headers headers, List<Field> into) {
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      if (!header.getKey().toString().startsWith(":")) {
        into.add(new Field(header.getKey().toString(), header.getValue().toString()));
      }
    }
  }

  private void endOf(boolean stream) {
    if (stream) {
      if (status < 0) {
        end(Ending.MALFORMED, "the status is no number");
      } else {
        end(Ending.COMPLETE, "");
      }
    }
  }

  private void reset(long code) {
    String what = "the stream was reset with code " + code;
    end(status == 0 ? Ending.CLOSED : Ending.CUT_OFF, what);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(status == 0 ? Ending.CLOSED : Ending.CUT_OFF, "the connection was closed");
  }

  /** The stream failed: it ends, which completes the answer. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(status == 0 ? Ending.CLOSED : Ending.CUT_OFF, "the stream failed: " + cause.getMessage());
    context.close();
  }

  /** Completes the answer, if it isn't yet. */
  void end(Ending ending, String detail) {
    if (ask.answer().isDone()) {
      return;
    }
    ScheduledFuture<?> pending = alarm;
    if (pending != null) {
      pending.cancel(false);
    }
    ask.answer()
        .complete(
            new Answer(
                ending,
                detail,
                Math.max(status, 0),
                "",
                fields,
                body.finish(),
                trailers,
                early,
                System.nanoTime() - start));
  }
}
