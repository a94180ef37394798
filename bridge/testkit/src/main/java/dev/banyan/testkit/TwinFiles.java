package dev.banyan.testkit;

import dev.banyan.lua.ngx.AppendedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** For any thread: the files of a prefix, written at once so that a test can look. */
record TwinFiles(Path prefix) implements AppendedFiles {
  @Override
  public boolean accepts(String path) {
    Path folder = prefix.resolve(path).getParent();
    return folder != null && Files.isWritable(folder) && !Files.isDirectory(prefix.resolve(path));
  }

  @Override
  public void append(String path, String octets) {
    try {
      Files.write(
          prefix.resolve(path),
          octets.getBytes(StandardCharsets.ISO_8859_1),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
