package dev.banyan.gateway.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * Owned by one thread at a time, which may wait for the disk: a file that stands under another name
 * until it is whole.
 */
public final class DraftFile {
  private final Path path;
  private final FileChannel channel;

  private DraftFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** A new one, with these attributes. */
  public static DraftFile create(Path path, FileAttribute<?>... attributes) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new DraftFile(path, FileChannel.open(path, options, attributes));
  }

  /** Where it stands until it is whole. */
  public Path path() {
    return path;
  }

  /** Writes octets from a place on. */
  public void write(byte[] octets, long at) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(octets);
    while (left.hasRemaining()) {
      channel.write(left, at + left.position());
    }
  }

  /** It is whole, and stays where it is for now. */
  public void close() throws IOException {
    channel.close();
  }

  /** It is whole: puts it into its place. */
  public void move(Path target) throws IOException {
    channel.close();
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Gives it up; nothing is left to give up once it is in its place. */
  public void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
