package dev.banyan.gateway;

import dev.banyan.gateway.cache.Draft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Owned by one thread at a time, which may wait for the disk: a file of {@code proxy_store}. */
final class StoreDraft implements Draft {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  private final Path target;
  private final int access;
  private final OptionalLong modified;
  private @Nullable Path path;
  private @Nullable OutputStream out;
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
    octets.writeTo(out());
    length += octets.size();
  }

  private OutputStream out() throws IOException {
    OutputStream open = out;
    if (open == null) {
      Path draft =
          target.resolveSibling(
              "%s.%010d".formatted(target.getFileName(), NUMBERS.incrementAndGet()));
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      open = Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      path = draft;
      out = open;
    }
    return open;
  }

  @Override
  public synchronized long commit() throws IOException {
    out().close();
    Path draft = path;
    if (draft != null) {
      Files.setPosixFilePermissions(draft, permissions());
      if (modified.isPresent()) {
        Files.setLastModifiedTime(
            draft, FileTime.fromMillis(Math.multiplyExact(modified.getAsLong(), 1000)));
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      path = null;
    }
    return length;
  }

  private Set<PosixFilePermission> permissions() {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((access & (1 << bit)) != 0) {
        permissions.add(BITS[bit]);
      }
    }
    return permissions;
  }

  @Override
  public synchronized void discard() throws IOException {
    OutputStream open = out;
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
