package dev.banyan.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its connection's loop: memcached's answer to a get, whose value comes after its line.
 */
final class MemcachedValue extends MemcachedAnswer implements MemcachedUpstream.Value {
  private static final byte[] END = "\r\nEND\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final MemcachedConnection connection;
  private final long length;
  private final String flags;
  private long left;
  private boolean whole;
  private boolean badlyEnded;
  private boolean released;

  MemcachedValue(MemcachedConnection connection, int status, long length, String flags) {
    super(status, length);
    this.connection = connection;
    this.length = length;
    this.flags = flags;
    this.left = Math.max(0, length);
    this.whole = length < 0;
  }

  @Override
  public @Nullable Chunk read(Duration timeout) {
    if (left == 0) {
      if (!whole) {
        whole = true;
        readEnd(timeout);
      }
      return null;
    }
    if (connection.buffered().size() == 0) {
      fill(timeout);
    }
    int count = (int) Math.min(left, connection.buffered().size());
    left -= count;
    return Chunk.of(connection.buffered().take(count));
  }

  private void readEnd(Duration timeout) {
    for (int i = 0; i < END.length; i++) {
      if (connection.buffered().size() == 0) {
        fill(timeout);
      }
      if (connection.buffered().take(1)[0] != END[i]) {
        badlyEnded = true;
        return;
      }
    }
    badlyEnded = connection.buffered().size() > 0;
  }

  private void fill(Duration timeout) {
    if (!connection.fill(timeout)) {
      throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
    }
  }

  @Override
  public boolean ready() {
    return connection.buffered().size() > 0 || (left == 0 && whole);
  }

  @Override
  public long length() {
    return Math.max(0, length);
  }

  @Override
  public @Nullable Long flags() {
    long number = MemcachedConnection.number(flags);
    return number < 0 ? null : number;
  }

  @Override
  public String flagsText() {
    return flags;
  }

  @Override
  public boolean badlyEnded() {
    return badlyEnded;
  }

  @Override
  public void release() {
    if (released) {
      return;
    }
    released = true;
    if (whole && !badlyEnded) {
      connection.rest();
    } else {
      connection.close();
    }
  }
}
