package dev.banyan.duel.wire;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.wire.Answer.Ending;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Confined to the client's event loop: a connection of HTTP/2, a stream for each request. */
final class Http2Link implements Link {
  /** What HTTP/2 has no place for; its own framing stands for them. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "host", "connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection");

  private final Channel channel;
  private final boolean secure;
  private final Duration timeout;
  private int waiting;
  private int carried;
  private boolean open = true;

  Http2Link(Channel channel, boolean secure, Duration timeout) {
    this.channel = channel;
    this.secure = secure;
    this.timeout = timeout;
    channel.closeFuture().addListener(_ -> open = false);
  }

  @Override
  public void send(Ask ask) {
    carried++;
    waiting++;
    ask.answer().whenComplete((_, _) -> waiting--);
    StreamReader reader = new StreamReader(ask, timeout);
    new Http2StreamChannelBootstrap(channel)
        .handler(reader)
        .open()
        .addListener((Future<Http2StreamChannel> opened) -> {
          if (opened.isSuccess()) {
            write(ask, opened.getNow());
          } else {
            open = false;
            reader.end(Ending.CLOSED, "no stream could be opened: " + opened.cause());
          }
        });
  }

  private void write(Ask ask, Http2StreamChannel stream) {
    Request request = ask.request();
    boolean bare = request.body().isEmpty();
    stream.write(new DefaultHttp2HeadersFrame(headers(ask), bare));
    if (!bare) {
      stream.write(
          new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(Request.octets(request.body())), true));
    }
    stream.flush();
  }

  private Http2Headers headers(Ask ask) {
    Request request = ask.request();
    Http2Headers headers = new DefaultHttp2Headers(false);
    headers.method(request.method());
    headers.path(request.target());
    headers.scheme(secure ? "https" : "http");
    request.value("Host").ifPresent(headers::authority);
    for (Field field : request.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name)) {
        headers.add(name, field.value());
      }
    }
    boolean sized = !request.isChunked() && request.value("Content-Length").isEmpty();
    if (sized && !request.body().isEmpty()) {
      headers.add("content-length", Integer.toString(request.body().length()));
    }
    headers.add(ask.mark().name().toLowerCase(Locale.ROOT), ask.mark().value());
    return headers;
  }

  @Override
  public boolean isOpen() {
    return open && channel.isActive();
  }

  @Override
  public int waiting() {
    return waiting;
  }

  @Override
  public int carried() {
    return carried;
  }

  @Override
  public void close() {
    open = false;
    channel.close();
  }
}
