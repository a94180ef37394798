package dev.banyan.server.samples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the writing thread: a file of lines, readable by its owner only, that is put aside when
 * it is full and forgotten when it is old.
 */
final class RotatedFile implements AutoCloseable {
  private static final String NAME = "mismatches.ndjson";
  private static final String ASIDE = "mismatches-";
  private static final Set<StandardOpenOption> APPENDING =
      EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Path folder;
  private final StoreRules rules;
  private final Clock clock;
  private @Nullable FileChannel open;
  private long size;

  RotatedFile(Path folder, StoreRules rules, Clock clock) {
    this.folder = folder;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Appends a line.
   *
   * @throws IOException when the disk refuses it; the next call tries with a fresh file
   */
  void append(byte[] line) throws IOException {
    try {
      FileChannel channel = channel(line.length);
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        size += channel.write(buffer);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private FileChannel channel(int coming) throws IOException {
    FileChannel channel = open;
    if (channel != null && size + coming > rules.maxBytes()) {
      close();
      putAside();
      channel = null;
    }
    if (channel == null) {
      forget();
      channel = FileChannel.open(file(), APPENDING, ownerOnly());
      size = channel.size();
      open = channel;
    }
    return channel;
  }

  private static java.nio.file.attribute.FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private Path file() {
    return folder.resolve(NAME);
  }

  /** Names sort by time, so the oldest is the first. */
  private void putAside() throws IOException {
    long now = clock.millis();
    Path aside = folder.resolve(ASIDE + now + ".ndjson");
    while (Files.exists(aside)) {
      now++;
      aside = folder.resolve(ASIDE + now + ".ndjson");
    }
    Files.move(file(), aside);
  }

  private void forget() throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Instant oldest = clock.instant().minus(rules.keep());
    List<Path> aside = aside();
    int tooMany = aside.size() - (rules.files() - 1);
    for (int i = 0; i < aside.size(); i++) {
      if (i < tooMany || Files.getLastModifiedTime(aside.get(i)).toInstant().isBefore(oldest)) {
        Files.deleteIfExists(aside.get(i));
      }
    }
    if (Files.isRegularFile(file())
        && Files.getLastModifiedTime(file()).toInstant().isBefore(oldest)) {
      Files.deleteIfExists(file());
    }
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(ASIDE))
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel channel = open;
    open = null;
    if (channel != null) {
      channel.close();
    }
  }
}
