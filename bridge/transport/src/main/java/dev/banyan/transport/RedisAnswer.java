package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: the replies of Redis, whose octets are the body. */
final class RedisAnswer implements RedisUpstream.Replies, BodySource {
  private static final int OK = 200;

  private final RedisConnection connection;
  private final RedisReplies replies;
  private final Headers headers = new Headers();
  private byte @Nullable [] first;
  private boolean closed;
  private boolean extra;
  private boolean invalid;
  private boolean released;

  RedisAnswer(RedisConnection connection, int count, byte[] first) {
    this.connection = connection;
    this.replies = new RedisReplies(count);
    this.first = first;
  }

  @Override
  public @Nullable Chunk read(Duration timeout) {
    if (replies.done() || closed) {
      return null;
    }
    byte[] octets = first;
    first = null;
    if (octets == null) {
      if (!connection.ready() && !connection.fill(timeout)) {
        closed = true; // what had come is all of it
        return null;
      }
      octets = connection.take();
    }
    int count = replies.take(octets);
    if (count < 0) {
      invalid = true;
      throw new TransportException(
          TransportException.Kind.PROTOCOL, false, "Redis server returned no reply", null);
    }
    extra = count < octets.length;
    return Chunk.of(extra ? Arrays.copyOf(octets, count) : octets);
  }

  @Override
  public boolean ready() {
    return replies.done() || closed || first != null || connection.ready();
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public boolean extra() {
    return extra;
  }

  @Override
  public boolean invalid() {
    return invalid;
  }

  @Override
  public int status() {
    return OK;
  }

  @Override
  public String statusLine() {
    return "";
  }

  @Override
  public int version() {
    return 10;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public BodySource body() {
    return this;
  }

  @Override
  public @Nullable RawSocket upgraded() {
    return null;
  }

  @Override
  public void release() {
    if (released) {
      return;
    }
    released = true;
    if (replies.done() && !extra && !connection.ready()) {
      connection.rest();
    } else {
      connection.close();
    }
  }
}
