package dev.banyan.server.flags;

import dev.banyan.nginx.syntax.SystemReason;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Guarded by its store: the file of the flags. What the disk doesn't take waits, the newest alone,
 * until it does.
 */
final class FlagFile {
  private final Path file;
  private byte @Nullable [] owed;
  private String why = "";

  FlagFile(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  /** Replaces the content; answers why it can't be done, or null when it is. */
  @Nullable String write(byte[] content) {
    try {
      DurableFiles.replace(file, content);
      owed = null;
      return null;
    } catch (IOException e) {
      return file + " can't be written (" + SystemReason.of(e) + ")";
    }
  }

  /** Keeps a content that wasn't written, and why. */
  void owe(byte[] content, String reason) {
    owed = content;
    why = reason;
  }

  /** Why the file lags behind; null when it doesn't. */
  @Nullable String lag() {
    return owed == null ? null : why;
  }

  /** Writes what is owed, if anything is; answers whether that was so and is over. */
  boolean settle() {
    byte[] content = owed;
    return content != null && write(content) == null;
  }
}
