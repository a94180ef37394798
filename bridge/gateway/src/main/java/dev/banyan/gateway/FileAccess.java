package dev.banyan.gateway;

import dev.banyan.nginx.script.FileTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Thread-safe: what is asked of the file system. Paths are octet strings. */
final class FileAccess {
  private final Path prefix;

  FileAccess(Path prefix) {
    this.prefix = prefix;
  }

  /**
   * What is known of a file.
   *
   * @param modified seconds since the epoch
   */
  record Info(Path path, boolean folder, boolean regular, long size, long modified) {}

  /** The file; null when there is none. */
  @Nullable Info info(String octets) {
    Path path = path(octets);
    if (path == null) {
      return null;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (octets.endsWith("/") && !attributes.isDirectory()) {
        return null; // ENOTDIR
      }
      return new Info(
          path,
          attributes.isDirectory(),
          attributes.isRegularFile(),
          attributes.size(),
          attributes.lastModifiedTime().toMillis() / 1000);
    } catch (IOException e) {
      return null; // as stat(2): whatever the reason, it is not there for us
    }
  }

  /** The path under the prefix; null when it can't be one. */
  @Nullable Path path(String octets) {
    if (octets.indexOf('\0') >= 0) {
      return null;
    }
    try {
      String text = new String(Octets.bytes(octets), StandardCharsets.UTF_8);
      return prefix.resolve(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Whether what stands nearest above isn't a folder, which the JDK doesn't tell apart. */
  boolean isBelowFile(String octets) {
    Path file = path(octets);
    Path above = file == null ? null : file.getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    return above != null && !Files.isDirectory(above);
  }

  /**
   * The path under the prefix of a file that is changed: no other name may stand for the one that
   * was asked for.
   *
   * @throws FileSystemException where the name can't be one
   */
  Path changed(String octets) throws FileSystemException {
    try {
      return prefix.resolve(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Octets.bytes(octets)))
              .toString());
    } catch (CharacterCodingException | InvalidPathException e) {
      FileSystemException unwritable =
          new FileSystemException(
              octets, null, "Invalid or incomplete multibyte or wide character");
      unwritable.initCause(e);
      throw unwritable;
    }
  }

  boolean test(FileTest test, String octets) {
    Info info = info(octets);
    if (info == null) {
      return false;
    }
    return switch (test) {
      case FILE -> info.regular();
      case DIRECTORY -> info.folder();
      case EXISTS -> true;
      case EXECUTABLE -> Files.isExecutable(info.path());
    };
  }
}
