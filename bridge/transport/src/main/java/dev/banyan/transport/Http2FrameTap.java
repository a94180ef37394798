package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2FrameLogger;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.logging.LogLevel;
import java.util.List;

/**
 * Owned by its connection's loop: sees frames on their way past Netty's decoder and encoder.
 *
 * <p>It keeps each request's Content-Length from the decoder, which resets a stream for a length
 * that is no number, comes twice or is not the body's, where nginx answers 400: {@link
 * Http2RequestHead} and {@link Http2Body} judge it.
 *
 * <p>A frame logger is the one place where Netty shows the fields before its decoder looks at them,
 * and what goes out once the client's window lets it ({@link Http2Unsent}); nothing is logged.
 */
final class Http2FrameTap extends Http2FrameLogger {
  /** What the field is called on its way through the decoder. */
  static final String KEPT = ":content-length";

  private static final String FORGED = ":content-length-of-a-client";

  private final Http2Unsent unsent;

  Http2FrameTap(Http2Unsent unsent) {
    super(LogLevel.TRACE, Http2FrameTap.class);
    this.unsent = unsent;
  }

  @Override
  public void logData(
      Direction direction,
      ChannelHandlerContext ctx,
      int streamId,
      ByteBuf data,
      int padding,
      boolean endStream) {
    if (direction == Direction.OUTBOUND) {
      unsent.moved(streamId);
    }
  }

  @Override
  public boolean isEnabled() {
    return false;
  }

  @Override
  public void logHeaders(
      Direction direction,
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endStream) {
    keep(direction, headers);
  }

  @Override
  public void logHeaders(
      Direction direction,
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endStream) {
    keep(direction, headers);
  }

  private static void keep(Direction direction, Http2Headers headers) {
    if (direction == Direction.INBOUND) {
      rename(headers, KEPT, FORGED);
      rename(headers, "content-length", KEPT);
    }
  }

  private static void rename(Http2Headers headers, String name, String kept) {
    List<CharSequence> values = headers.getAllAndRemove(name);
    if (!values.isEmpty()) {
      headers.add(kept, values);
    }
  }
}
