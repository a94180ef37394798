package dev.banyan.gateway;

import dev.banyan.gateway.cache.Draft;
import dev.banyan.gateway.cache.DraftFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Owned by one thread at a time, which may wait for the disk: a file of {@code proxy_store}. */
final class StoreDraft implements Draft {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private final Path target;
  private final int access;
  private final OptionalLong modified;
  private @Nullable DraftFile file;
  private long length;

  /**
   * Of the file that is to stand here.
   *
   * @param access its permissions
   * @param modified the second in which the origin says it was changed
   */
  StoreDraft(Path target, int access, OptionalLong modified) {
    this.target = target;
    this.access = access;
    this.modified = modified;
  }

  @Override
  public synchronized void write(ByteArrayOutputStream octets) throws IOException {
    file().write(octets.toByteArray(), length);
    length += octets.size();
  }

  private DraftFile file() throws IOException {
    DraftFile open = file;
    if (open == null) {
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      open =
          DraftFile.create(
              target.resolveSibling(
                  "%s.%010d".formatted(target.getFileName(), NUMBERS.incrementAndGet())));
      file = open;
    }
    return open;
  }

  @Override
  public synchronized long commit() throws IOException {
    DraftFile whole = file();
    Files.setPosixFilePermissions(whole.path(), FileMode.permissions(access));
    if (modified.isPresent()) {
      Files.setLastModifiedTime(
          whole.path(), FileTime.fromMillis(Math.multiplyExact(modified.getAsLong(), 1000)));
    }
    whole.move(target);
    return length;
  }

  @Override
  public synchronized void discard() throws IOException {
    if (file != null) {
      file.discard();
    }
  }
}
