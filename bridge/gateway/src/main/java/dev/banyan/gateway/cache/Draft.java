package dev.banyan.gateway.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Owned by one thread at a time, which may wait for the disk: a file that isn't whole yet. */
public interface Draft {
  /** Adds octets. */
  void write(ByteArrayOutputStream octets) throws IOException;

  /**
   * Puts it into its place: whole or not at all.
   *
   * @return octets of the file
   */
  long commit() throws IOException;

  /** Gives it up. */
  void discard() throws IOException;
}
