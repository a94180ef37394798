package dev.banyan.gateway;

import dev.banyan.api.Line;
import dev.banyan.lua.ngx.AppendedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * For any thread: what ports add to files goes the way of the logs, so that no disk holds an event
 * loop. A file is looked at once in {@link #TRUSTED_NANOS}, not for each line.
 */
final class PortFiles implements AppendedFiles {
  /** How long a file that could be written is taken to be writable still. */
  static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path prefix;
  private final LogWriter writer;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** A file that could be written at {@code nanos}. */
  private record Known(String target, long nanos) {}

  PortFiles(Path prefix, LogWriter writer) {
    this.prefix = prefix;
    this.writer = writer;
  }

  @Override
  public boolean accepts(String path) {
    long now = System.nanoTime();
    Known file = known.get(path);
    if (file != null && now - file.nanos() < TRUSTED_NANOS) {
      return true;
    }
    Path target = prefix.resolve(path);
    if (!writable(target)) {
      known.remove(path);
      return false;
    }
    known.put(path, new Known(target.toString(), now)); // the files that ports declare: few
    return true;
  }

  private static boolean writable(Path target) {
    if (Files.exists(target)) {
      return Files.isRegularFile(target) && Files.isWritable(target);
    }
    Path folder = target.getParent();
    return folder != null && Files.isWritable(folder);
  }

  @Override
  public void append(String path, Line line) {
    Known file = known.get(path);
    writer.write(file == null ? prefix.resolve(path).toString() : file.target(), line);
  }
}
