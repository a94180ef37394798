package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: one connection to Redis, with the commands of one request at a time. */
final class RedisConnection implements Upstream.Connection {
  private final RawSocket socket;
  private final @Nullable SocketPool pool;
  private final Duration keepTime;
  private byte[] commands = new byte[0];
  private int replies;
  private long received;
  private long sent;

  RedisConnection(RawSocket socket, @Nullable SocketPool pool, Duration keepTime) {
    this.socket = socket;
    this.pool = pool;
    this.keepTime = keepTime;
  }

  @Override
  public boolean reused() {
    return socket.reusedTimes() > 0;
  }

  @Override
  public void option(RawSocket.Option option, int value) {
    socket.option(option, value);
  }

  @Override
  public void sendHead(String method, String target, String version, Headers headers) {
    replies = Integer.parseInt(method);
    commands = target.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void writeBody(Chunk chunk, boolean chunked) {
    throw new IllegalStateException("commands have no body");
  }

  @Override
  public void endBody(boolean chunked) {
    // commands have none
  }

  @Override
  public void awaitWritable(Duration timeout) {
    socket.send(List.of(commands), timeout);
    sent += commands.length;
    commands = new byte[0];
  }

  @Override
  public Upstream.Response awaitResponse(Duration timeout, boolean headRequest) {
    if (socket.buffered().size() == 0 && !fill(timeout)) {
      throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
    }
    byte[] first = take();
    if (!RedisReplies.begins(first[0] & 0xff)) {
      String said = new String(first, StandardCharsets.ISO_8859_1);
      throw new TransportException(
          TransportException.Kind.PROTOCOL,
          false,
          "redis2 sent invalid response: \"" + said + "\"",
          null);
    }
    return new RedisAnswer(this, replies, first);
  }

  /** What has come and was not taken. */
  byte[] take() {
    return socket.buffered().take(socket.buffered().size());
  }

  /** Whether something has come that was not taken. */
  boolean ready() {
    return socket.buffered().size() > 0;
  }

  /** Parks until more octets are there; false when none will come. */
  boolean fill(Duration timeout) {
    int before = socket.buffered().size();
    boolean more = socket.fill(timeout);
    received += socket.buffered().size() - before;
    return more;
  }

  /** Whole: the connection may be used again. */
  void rest() {
    if (pool == null || pool.keep(socket, keepTime) != null) {
      socket.close();
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public long bytesReceived() {
    return received;
  }

  @Override
  public long bytesSent() {
    return sent;
  }
}
