package dev.banyan.duel.origin;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.wire.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Confined to its event loop: one connection to an origin. */
final class OriginHandler extends ChannelInboundHandlerAdapter {
  private final RecordingOrigin origin;
  private final int number;
  private @Nullable HttpRequest request;
  private Body.Collector body = new Body.Collector();

  OriginHandler(RecordingOrigin origin, int number) {
    this.origin = origin;
    this.number = number;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpRequest head) {
        begin(context, head);
      }
      if (message instanceof HttpContent content) {
        ByteBuf octets = content.content();
        body.add(octets, octets.readableBytes());
      }
      if (message instanceof LastHttpContent) {
        finish(context);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest head) {
    request = head;
    body = new Body.Collector();
    if (head.decoderResult().isFailure()) {
      origin.received("", new Received(number, "not HTTP", List.of(), Body.EMPTY));
      request = null;
      context.close();
    } else if (HttpUtil.is100ContinueExpected(head)) {
      context.writeAndFlush(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
    }
  }

  private void finish(ChannelHandlerContext context) {
    HttpRequest head = request;
    if (head == null) {
      return;
    }
    request = null;
    String mark = "";
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, String> entry : head.headers()) {
      if (origin.isMark(entry.getKey())) {
        mark = entry.getValue();
      } else {
        fields.add(new Field(entry.getKey(), entry.getValue()));
      }
    }
    String line = head.method() + " " + head.uri() + " " + head.protocolVersion();
    OriginAnswer answer = origin.received(mark, new Received(number, line, fields, body.finish()));
    boolean keeps = HttpUtil.isKeepAlive(head);
    String method = head.method().name();
    if (answer.delay().isZero()) {
      send(context, answer, method, keeps);
    } else {
      context
          .executor()
          .schedule(
              () -> send(context, answer, method, keeps),
              answer.delay().toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private static void send(
      ChannelHandlerContext context, OriginAnswer answer, String method, boolean keeps) {
    boolean silent = method.equals("HEAD") || answer.status() == 204 || answer.status() == 304;
    String text = silent ? "" : answer.body();
    switch (answer.sending()) {
      case HANG -> {
        return;
      }
      case DROP -> {
        context.close();
        return;
      }
      case SIZED -> context.writeAndFlush(ascii(head(answer, length(answer)) + text));
      case CHUNKED ->
          context.writeAndFlush(
              ascii(head(answer, "Transfer-Encoding: chunked\r\n") + (silent ? "" : chunks(text))));
      case UNTIL_CLOSE -> {
        end(context, head(answer, "Connection: close\r\n") + text);
        return;
      }
      case CUT -> {
        end(context, head(answer, length(answer)) + text.substring(0, text.length() / 2));
        return;
      }
    }
    if (!keeps) {
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static void end(ChannelHandlerContext context, String text) {
    context.writeAndFlush(ascii(text)).addListener(ChannelFutureListener.CLOSE);
  }

  private static String length(OriginAnswer answer) {
    boolean none = answer.status() == 204 || answer.status() == 304;
    return none ? "" : "Content-Length: " + answer.body().length() + "\r\n";
  }

  private static String head(OriginAnswer answer, String framing) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(' ');
    head.append(answer.reason().isEmpty() ? "Origin" : answer.reason()).append("\r\n");
    answer.fields().forEach(field -> head.append(field).append("\r\n"));
    return head.append(framing).append("\r\n").toString();
  }

  private static String chunks(String text) {
    int half = text.length() / 2;
    return chunk(text.substring(0, half)) + chunk(text.substring(half)) + "0\r\n\r\n";
  }

  private static String chunk(String text) {
    return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static ByteBuf ascii(String octets) {
    return Unpooled.wrappedBuffer(Request.octets(octets));
  }

  /** A proxy may end its connection at any time, and may do so by a reset. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
