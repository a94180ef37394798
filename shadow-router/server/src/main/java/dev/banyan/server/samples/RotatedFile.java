package dev.banyan.server.samples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the writing thread: a file of lines, readable by its owner only, that is put aside when
 * it is full, or has its share of the time that files are kept, and forgotten when it is old. No
 * line becomes older than files may.
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
  private @Nullable Object key;
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
    if (channel != null) {
      BasicFileAttributes file = attributes();
      if (file == null || !Objects.equals(key, file.fileKey())) {
        close(); // somebody has deleted it or put it aside: what went on there would be nowhere
        channel = null;
      } else if (Math.max(size, file.size()) + coming > rules.maxBytes() || isSpent(file)) {
        close();
        putAside();
        channel = null;
      }
    }
    if (channel == null) {
      tidy();
      channel = FileChannel.open(file(), APPENDING, ownerOnly());
      size = channel.size();
      open = channel;
      BasicFileAttributes file = attributes();
      key = file == null ? null : file.fileKey();
      if (isCut()) {
        size += channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
    }
    return channel;
  }

  /** Whether a crash or a full disk has cut the last line, to which nothing may be added. */
  private boolean isCut() throws IOException {
    if (size == 0 || !Files.isRegularFile(file())) {
      return false;
    }
    try (FileChannel reading = FileChannel.open(file(), StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return reading.read(last, size - 1) == 1 && last.get(0) != '\n';
    }
  }

  /** Whether the file has been written to for as long as one of so many may. */
  private boolean isSpent(BasicFileAttributes file) {
    FileTime begun = file.creationTime();
    if (begun.compareTo(file.lastModifiedTime()) > 0) {
      begun = file.lastModifiedTime();
    }
    return file.isRegularFile() && begun.toInstant().isBefore(clock.instant().minus(share()));
  }

  /** What the system says of the file; null when it isn't there. */
  private @Nullable BasicFileAttributes attributes() throws IOException {
    try {
      return Files.readAttributes(file(), BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private Duration share() {
    return rules.keep().dividedBy(rules.files());
  }

  private static java.nio.file.attribute.FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private Path file() {
    return folder.resolve(NAME);
  }

  /** Names sort by time, so the oldest is the first. Another process may have been quicker. */
  private void putAside() throws IOException {
    long now = clock.millis();
    Path aside = folder.resolve(ASIDE + now + ".ndjson");
    while (Files.exists(aside)) {
      now++;
      aside = folder.resolve(ASIDE + now + ".ndjson");
    }
    try {
      Files.move(file(), aside);
    } catch (NoSuchFileException e) {
      open = null; // it is aside already: the next line begins a fresh one
    }
  }

  /** Makes the folder, and forgets what is too old; to be called now and then. */
  void tidy() throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    BasicFileAttributes file = attributes();
    if (file != null && isSpent(file)) {
      close();
      putAside();
    }
    Instant oldest = clock.instant().minus(rules.keep()).plus(share());
    List<Path> aside = aside();
    int tooMany = aside.size() - (rules.files() - 1);
    for (int i = 0; i < aside.size(); i++) {
      if (i < tooMany || isOlder(aside.get(i), oldest)) {
        Files.deleteIfExists(aside.get(i));
      }
    }
  }

  private static boolean isOlder(Path file, Instant oldest) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
    } catch (NoSuchFileException e) {
      return false; // another process has forgotten it meanwhile
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
