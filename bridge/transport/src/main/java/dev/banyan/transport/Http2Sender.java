package dev.banyan.transport;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Promise;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Owned by its stream's loop: writes one answer as HTTP/2 frames. */
final class Http2Sender {
  /** Fields that belong to HTTP/1 connections. */
  private static final Set<String> CONNECTION_FIELDS =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private final Channel stream;
  private @Nullable Http2Headers head;
  private @Nullable Headers trailers;
  private @Nullable Promise<Boolean> writable;
  private @Nullable ChannelFuture end;
  private boolean begun;
  private boolean bodyAllowed;
  private long sent;
  private long sentAfterHead;

  Http2Sender(Channel stream) {
    this.stream = stream;
  }

  boolean begun() {
    return begun;
  }

  long sent() {
    return sent;
  }

  long sentAfterHead() {
    return sentAfterHead;
  }

  void sendHead(String method, int status, Headers headers) {
    if (begun) {
      throw new IllegalStateException("the response head was sent already");
    }
    Http2Headers fields = fields(status, headers);
    begun = true;
    bodyAllowed = !method.equals("HEAD") && status != 204 && status != 304;
    head = fields;
  }

  private Http2Headers fields(int status, Headers headers) {
    sent += 13;
    return fields(new DefaultHttp2Headers(false).status(Integer.toString(status)), headers);
  }

  private Http2Headers fields(Http2Headers fields, Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i).toLowerCase(Locale.ROOT);
      String value = headers.value(i);
      ResponseHead.check(name);
      ResponseHead.check(value);
      if (!CONNECTION_FIELDS.contains(name)) {
        fields.add(name, value);
        sent += name.length() + value.length() + 4;
      }
    }
    return fields;
  }

  void sendInterim(int status, Headers headers) {
    stream.writeAndFlush(new DefaultHttp2HeadersFrame(fields(status, headers), false));
  }

  void write(Chunk chunk) {
    int length = chunk.length();
    if (!begun || !bodyAllowed || length == 0) {
      chunk.discard();
      return;
    }
    writeHead(false);
    sent += length;
    sentAfterHead += length;
    stream.write(new DefaultHttp2DataFrame(WireChunk.buffer(chunk), false));
  }

  private void writeHead(boolean last) {
    Http2Headers fields = head;
    head = null;
    if (fields != null) {
      end = stream.write(new DefaultHttp2HeadersFrame(fields, last));
    }
  }

  void flush() {
    writeHead(false);
    stream.flush();
  }

  void trailers(Headers fields) {
    trailers = fields;
  }

  void end() {
    Headers after = trailers;
    if (after != null && bodyAllowed) {
      writeHead(false);
      Http2Headers last = fields(new DefaultHttp2Headers(false), after);
      end = stream.write(new DefaultHttp2HeadersFrame(last, true));
    } else if (head != null) {
      writeHead(true);
    } else {
      end = stream.write(new DefaultHttp2DataFrame(true));
    }
    stream.flush();
  }

  /** Whether the answer's last frame is out. */
  boolean isOut() {
    ChannelFuture last = end;
    return last != null && last.isDone();
  }

  /** Runs the action when the answer's last frame is out, or can't be sent. */
  void afterEnd(Runnable action) {
    ChannelFuture last = end;
    if (last == null) {
      action.run();
    } else {
      last.addListener(_ -> action.run());
    }
  }

  void await(Duration timeout, boolean drained) {
    if (!drained && stream.isWritable()) {
      return;
    }
    flush();
    if (drained) {
      Promise<Boolean> done = new Promise<>();
      stream
          .writeAndFlush(new DefaultHttp2DataFrame(false))
          .addListener(future -> done.complete(future.isSuccess()));
      settle(done, timeout);
      return;
    }
    while (!stream.isWritable()) {
      if (!stream.isActive()) {
        throw Http1Sender.clientClosed();
      }
      Promise<Boolean> promise = new Promise<>();
      writable = promise;
      settle(promise, timeout);
    }
  }

  private static void settle(Promise<Boolean> promise, Duration timeout) {
    try {
      if (!promise.await(timeout)) {
        throw Http1Sender.clientClosed();
      }
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, false, "client timed out", e);
    }
  }

  void wake(boolean open) {
    Promise<Boolean> promise = writable;
    writable = null;
    if (promise != null) {
      promise.complete(open);
    }
  }
}
