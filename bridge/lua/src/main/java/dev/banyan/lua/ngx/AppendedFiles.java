package dev.banyan.lua.ngx;

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
        public void append(String path, String octets) {
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
   * it refuses later is counted and told on the process's standard error.
   *
   * @param path within the prefix
   * @param octets one char is one octet
   */
  void append(String path, String octets);
}
