package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Owned by one loop: one connection to Redis, with the commands of one request at a time. */
final class RedisConnection extends PooledConnection {
  private byte[] commands = new byte[0];
  private int replies;

  RedisConnection(PooledSocket pooled) {
    super(pooled);
  }

  @Override
  public void sendHead(String method, String target, String version, Headers headers) {
    replies = Integer.parseInt(method);
    commands = target.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void awaitWritable(Duration timeout) {
    send(List.of(commands), timeout);
    commands = new byte[0];
  }

  @Override
  public Upstream.Response awaitResponse(Duration timeout, boolean headRequest) {
    if (!ready() && !fill(timeout)) {
      throw closed();
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
    return buffered().take(buffered().size());
  }

  /** Whether something has come that was not taken. */
  boolean ready() {
    return buffered().size() > 0;
  }
}
