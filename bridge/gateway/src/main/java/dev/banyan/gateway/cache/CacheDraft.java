package dev.banyan.gateway.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
  private @Nullable DraftFile file;
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
    file().write(octets.toByteArray(), headLength + bodyLength);
    bodyLength += octets.size();
  }

  private DraftFile file() throws IOException {
    DraftFile open = file;
    if (open == null) {
      open = create(files.temporary(hash));
      file = open;
    }
    return open;
  }

  private static DraftFile create(Path path) throws IOException {
    try {
      return DraftFile.create(path, CacheFiles.PRIVATE_FILE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(path.resolveSibling("."), CacheFiles.PRIVATE);
      return DraftFile.create(path, CacheFiles.PRIVATE_FILE);
    }
  }

  @Override
  public synchronized long commit() throws IOException {
    DraftFile whole = file();
    whole.write(CacheFormat.encode(head, bodyLength), 0);
    whole.move(files.path(hash));
    return headLength + bodyLength;
  }

  @Override
  public synchronized void discard() throws IOException {
    if (file != null) {
      file.discard();
    }
  }
}
