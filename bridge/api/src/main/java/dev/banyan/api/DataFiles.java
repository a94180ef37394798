package dev.banyan.api;

import java.io.IOException;

/** Capability of mirrored functions: the files beneath the prefix folder. */
@FunctionalInterface
public interface DataFiles {
  /**
   * Reads a whole file.
   *
   * @param path absolute, or relative to the prefix folder
   * @throws IOException when it is outside of that folder, can't be read or is too large
   */
  byte[] read(String path) throws IOException;
}
