package dev.banyan.gateway.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread at a time, which may wait for the disk: an answer that is being written. It
 * stands under another name until it is whole.
 */
public final class CacheDraft implements Draft {
  private final CacheFiles files;
  private final String hash;
  private final CachedHead head;
  private final int headLength;
  private @Nullable FileChannel channel;
  private @Nullable Path path;
  private long bodyLength;

  /** Of the answer with this hash. */
  public CacheDraft(CacheFiles files, String hash, CachedHead head) {
    this.files = files;
    this.hash = hash;
    this.head = head;
    this.headLength = CacheFormat.encode(head, 0).length;
  }

  /** Whether its head is short enough to be kept. */
  public boolean fits() {
    return headLength <= CacheFormat.MAX_HEAD;
  }

  @Override
  public synchronized void write(ByteArrayOutputStream octets) throws IOException {
    FileChannel to = channel();
    ByteBuffer piece = ByteBuffer.wrap(octets.toByteArray());
    while (piece.hasRemaining()) {
      bodyLength += to.write(piece, headLength + bodyLength);
    }
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      return open;
    }
    Path draft = files.temporary(hash);
    try {
      open = create(draft);
    } catch (NoSuchFileException e) {
      Files.createDirectories(draft.resolveSibling("."), CacheFiles.PRIVATE);
      open = create(draft);
    }
    path = draft;
    channel = open;
    return open;
  }

  private static FileChannel create(Path draft) throws IOException {
    return FileChannel.open(
        draft,
        java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @Override
  public synchronized long commit() throws IOException {
    try (FileChannel to = channel()) {
      ByteBuffer octets = ByteBuffer.wrap(CacheFormat.encode(head, bodyLength));
      while (octets.hasRemaining()) {
        to.write(octets, octets.position());
      }
    }
    Path draft = path;
    if (draft != null) {
      Files.move(draft, files.path(hash), StandardCopyOption.ATOMIC_MOVE);
    }
    path = null;
    return headLength + bodyLength;
  }

  @Override
  public synchronized void discard() throws IOException {
    FileChannel open = channel;
    Path draft = path;
    path = null;
    if (open != null) {
      open.close();
    }
    if (draft != null) {
      Files.deleteIfExists(draft);
    }
  }
}
