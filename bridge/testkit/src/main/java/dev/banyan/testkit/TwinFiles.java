package dev.banyan.testkit;

import dev.banyan.api.Line;
import dev.banyan.api.OctetBuffer;
import dev.banyan.lua.ngx.AppendedFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
  public void append(String path, Line line) {
    OctetBuffer octets = new OctetBuffer();
    line.writeTo(octets);
    try (OutputStream out =
        Files.newOutputStream(
            prefix.resolve(path), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      octets.writeTo(out, 0, octets.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
