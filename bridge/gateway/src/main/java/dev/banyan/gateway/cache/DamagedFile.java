package dev.banyan.gateway.cache;

import java.io.IOException;

/** A file in the cache is none of ours, or not whole. */
public final class DamagedFile extends IOException {
  private static final long serialVersionUID = 1;

  DamagedFile(String message) {
    super(message);
  }
}
