package dev.banyan.host;

import dev.banyan.api.DataFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files beneath one folder. */
public record FolderFiles(Path folder) implements DataFiles {
  private static final long MAX_SIZE = 64L << 20;

  @Override
  public byte[] read(String path) throws IOException {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new IOException(path + " is outside of " + folder);
    }
    if (Files.size(file) > MAX_SIZE) {
      throw new IOException(path + " is larger than " + MAX_SIZE + " octets");
    }
    return Files.readAllBytes(file);
  }
}
