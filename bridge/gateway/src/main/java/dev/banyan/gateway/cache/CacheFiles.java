package dev.banyan.gateway.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Thread-safe: the folder of a zone. Its files have nginx's names: the key's MD5, in folders that
 * are named after its last digits. Everything here may wait for the disk.
 */
public final class CacheFiles {
  /** Folders are the owner's alone, as nginx makes them. */
  static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** And so are files. */
  static final FileAttribute<?> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern TEMPORARY = Pattern.compile("[0-9a-f]{32}\\.[0-9]{10}");
  private static final AtomicLong TEMPORARIES = new AtomicLong();

  private final Path folder;
  private final List<Integer> levels;

  CacheFiles(Path folder, List<Integer> levels) {
    this.folder = folder;
    this.levels = List.copyOf(levels);
  }

  /** The file of a hash. */
  public Path path(String hash) {
    Path in = folder;
    int end = hash.length();
    for (int digits : levels) {
      in = in.resolve(hash.substring(end - digits, end));
      end -= digits;
    }
    return in.resolve(hash);
  }

  /** A name beside the file of a hash, for what isn't whole yet. */
  Path temporary(String hash) {
    long number = Math.floorMod(TEMPORARIES.incrementAndGet(), 10_000_000_000L);
    return path(hash).resolveSibling("%s.%010d".formatted(hash, number));
  }

  /** Makes the folder if it isn't there. */
  void prepare() throws IOException {
    Files.createDirectories(folder, PRIVATE);
  }

  /** Deletes a file, if there is one. */
  public void delete(String hash) throws IOException {
    Files.deleteIfExists(path(hash));
  }

  /** Octets that are free on the file system. */
  long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /**
   * Writes other times over those of a file, if it still holds this very answer.
   *
   * @param head what was read of it
   */
  public void refresh(String hash, CachedHead head, long bodyLength, Freshness freshness)
      throws IOException {
    byte[] before = CacheFormat.encode(head, bodyLength);
    byte[] after = CacheFormat.encode(head.with(freshness), bodyLength);
    try (FileChannel channel =
        FileChannel.open(path(hash), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer present = ByteBuffer.allocate(before.length);
      channel.read(present, 0);
      if (java.util.Arrays.equals(present.array(), before)) {
        channel.write(ByteBuffer.wrap(after), 0);
      }
    }
  }

  /**
   * Finds the files that are there, and deletes those that were not whole when the process ended.
   *
   * @param found takes hashes and sizes
   */
  void load(BiConsumer<String, Long> found) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = String.valueOf(file.getFileName());
            if (NAME.matcher(name).matches() && file.equals(path(name))) {
              found.accept(name, attributes.size());
            } else if (TEMPORARY.matcher(name).matches()) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it went while it was looked at
          }
        });
  }
}
