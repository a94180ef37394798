package dev.banyan.lua.ngx.process;

import java.io.Closeable;
import java.io.IOException;

/** What all ends of pipes share. */
final class Pipes {
  private Pipes() {}

  /** Closes an end that nobody asks any more: its failures concern nobody either. */
  static void close(Closeable end) {
    try {
      end.close();
    } catch (IOException e) {
      // what was still to be written can't be: the process is gone
    }
  }
}
