package dev.banyan.lua.ngx;

import dev.banyan.api.Line;

/** For any thread: the files of a worker's prefix that ports add text to. */
public interface AppendedFiles {
  /** For a worker without a disk. */
  AppendedFiles NONE =
      new AppendedFiles() {
        @Override
        public boolean accepts(String path) {
          return false;
        }

        @Override
        public void append(String path, Line line) {
          throw new IllegalStateException(path + " can't be written: there are no files here");
        }
      };

  /**
   * Whether text for this file will reach it, as far as can be told now.
   *
   * @param path within the prefix
   */
  boolean accepts(String path);

  /**
   * Adds to the end of a file, which is made when it isn't there. The disk is not waited for: what
   * it refuses later, and a line that can't be put down, is counted and told on the process's
   * standard error.
   *
   * @param path within the prefix
   */
  void append(String path, Line line);
}
