package dev.banyan.gateway;

import dev.banyan.nginx.LogFileCache;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the logs' thread: the files of logs whose names have variables. Without {@code
 * open_log_file_cache} each is open for the lines that were taken at once, and no longer: who moves
 * one away needs to tell nobody, and any number of names costs no descriptors.
 */
final class VaryingLogs implements AutoCloseable {
  /** Files that are open at once without a cache. */
  private static final int OPEN_AT_ONCE = 64;

  private static final LogFileCache NONE =
      new LogFileCache(OPEN_AT_ONCE, Duration.ZERO, Duration.ofDays(1), 1);

  private final LogWriter.Files files;
  private final Map<LogFileCache, LinkedHashMap<String, Opened>> caches = new HashMap<>();

  /**
   * What a line says of the log that its request's variables name.
   *
   * @param root the request's folder of files: where there is none, no log is made
   * @param cache which files stay open; null for none
   */
  record Place(String root, @Nullable LogFileCache cache) {}

  /** A file that has had a line. */
  private static final class Opened {
    private @Nullable OutputStream out;
    private @Nullable Object key;
    private long checked;
    private long used;
    private int uses;
  }

  VaryingLogs(LogWriter.Files files) {
    this.files = files;
  }

  /** Where a line goes; valid until the next call. */
  OutputStream open(String name, Place place) throws IOException {
    if (!new File(place.root()).isDirectory()) {
      throw new IOException("there is no folder \"" + place.root() + "\"");
    }
    LogFileCache rules = place.cache() == null ? NONE : place.cache();
    LinkedHashMap<String, Opened> cache =
        caches.computeIfAbsent(rules, _ -> new LinkedHashMap<>(16, 0.75f, true));
    Opened opened = cache.computeIfAbsent(name, _ -> new Opened());
    if (cache.size() > rules.max()) {
      Iterator<Opened> eldest = cache.values().iterator();
      close(eldest.next());
      eldest.remove();
    }
    long now = System.nanoTime();
    if (opened.out != null && now - opened.checked > rules.valid().toNanos()) {
      verify(opened, name, now);
    }
    OutputStream out = opened.out;
    if (out == null) {
      out = files.open(name);
      opened.out = out;
      opened.key = keyOf(name);
      opened.checked = now;
    }
    opened.uses++;
    opened.used = now;
    return out;
  }

  private static void verify(Opened opened, String name, long now) throws IOException {
    opened.checked = now;
    if (!Objects.equals(opened.key, keyOf(name))) {
      close(opened);
    }
  }

  /** What tells a file from another of its name; null where there is none. */
  private static @Nullable Object keyOf(String name) {
    try {
      return Files.readAttributes(Path.of(name), BasicFileAttributes.class).fileKey();
    } catch (IOException | InvalidPathException e) {
      return null; // it was moved away, is none of the disk, or has a name that Java can't tell
    }
  }

  /** Writes what waits and closes what needn't stay open. */
  void settle() throws IOException {
    long now = System.nanoTime();
    Failures failures = new Failures();
    for (Map.Entry<LogFileCache, LinkedHashMap<String, Opened>> entry : caches.entrySet()) {
      LogFileCache rules = entry.getKey();
      Iterator<Opened> all = entry.getValue().values().iterator();
      while (all.hasNext()) {
        Opened opened = all.next();
        if (now - opened.used >= rules.inactive().toNanos()) {
          all.remove();
          failures.guard(() -> close(opened));
        } else if (opened.uses < rules.minUses()) {
          failures.guard(() -> close(opened));
        } else if (opened.out != null) {
          failures.guard(opened.out::flush);
        }
      }
    }
    failures.tell();
  }

  /** Owned by one pass over the files: one that can't be written keeps no other from it. */
  private static final class Failures {
    private @Nullable IOException first;

    /** What is done with one file. */
    @FunctionalInterface
    private interface Step {
      void run() throws IOException;
    }

    void guard(Step step) {
      try {
        step.run();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }

    void tell() throws IOException {
      if (first != null) {
        throw first;
      }
    }
  }

  private static void close(Opened opened) throws IOException {
    OutputStream out = opened.out;
    opened.out = null;
    if (out != null) {
      out.close();
    }
  }

  /** Closes all. */
  @Override
  public void close() throws IOException {
    Failures failures = new Failures();
    for (LinkedHashMap<String, Opened> cache : caches.values()) {
      for (Opened opened : cache.values()) {
        failures.guard(() -> close(opened));
      }
    }
    caches.clear();
    failures.tell();
  }
}
