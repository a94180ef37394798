package dev.banyan.gateway.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread at a time, which may wait for the disk: a cached answer that was opened.
 *
 * <p>It stays whole for its reader when the file is replaced or deleted meanwhile.
 */
public final class CachedFile implements AutoCloseable {
  /** What is read at first: a usual head and a small body. */
  private static final int FIRST = 16 << 10;

  private final FileChannel channel;
  private final CachedHead head;
  private final long start;
  private final long length;
  private final byte[] first;

  private CachedFile(FileChannel channel, CachedHead head, long start, long length, byte[] first) {
    this.channel = channel;
    this.head = head;
    this.start = start;
    this.length = length;
    this.first = first;
  }

  /**
   * Opens it; null when there is none.
   *
   * @throws DamagedFile when it isn't a whole one
   */
  public static @Nullable CachedFile open(Path path) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      return read(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static CachedFile read(FileChannel channel) throws IOException {
    ByteBuffer octets = fill(channel, ByteBuffer.allocate(FIRST));
    int headLength = CacheFormat.headLength(octets);
    if (headLength > octets.limit()) {
      octets = fill(channel, ByteBuffer.allocate(headLength));
    }
    if (headLength > octets.limit()) {
      throw new DamagedFile("is too small");
    }
    byte[] head = new byte[headLength];
    octets.get(head);
    CacheFormat.Decoded decoded = CacheFormat.decode(head);
    if (channel.size() != headLength + decoded.bodyLength()) {
      throw new DamagedFile("is not whole");
    }
    byte[] first = new byte[octets.remaining()];
    octets.get(first);
    if (first.length == decoded.bodyLength()) {
      channel.close();
    }
    return new CachedFile(channel, decoded.head(), headLength, decoded.bodyLength(), first);
  }

  private static ByteBuffer fill(FileChannel channel, ByteBuffer into) throws IOException {
    long at = 0;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    return into.flip();
  }

  /** Its head. */
  public CachedHead head() {
    return head;
  }

  /** Octets of the body. */
  public long length() {
    return length;
  }

  /** Octets of the whole file. */
  public long fileLength() {
    return start + length;
  }

  /** The beginning of the body, which was read with the head. */
  public byte[] first() {
    return first;
  }

  /** Octets of the body from a place on, at most {@code most} and at least one. */
  public byte[] read(long from, int most) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(most, length - from));
    while (piece.hasRemaining()) {
      if (channel.read(piece, start + from + piece.position()) < 0) {
        throw new DamagedFile("is not whole");
      }
    }
    return piece.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
