package dev.banyan.server.serve;

import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: has the configuration loaded anew when a jar of ports has come, gone or changed,
 * until closed. A jar that is being written is waited for: two looks in a row must see the same.
 * What is refused is told once, and tried again when a jar changes again.
 */
final class PortWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PortWatch.class);

  private final Supplier<BanyanConfig> config;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("banyan-port-watch").factory());

  /** What was there when the ports were last loaded, or when that was last tried. */
  private volatile Map<Path, Stamp> tried = Map.of();

  /** What the last look saw, when that was new; the timer's alone. */
  private @Nullable Map<Path, Stamp> seen;

  /** By what a changed file is told. */
  private record Stamp(long size, long modified, @Nullable Object key) {}

  /** Watches the jars of the configuration in force. */
  PortWatch(Supplier<BanyanConfig> config) {
    this.config = config;
    reloading();
  }

  /** Begins to look, when the configuration wants it. */
  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
  void start(Runnable reload) {
    Duration period = config.get().portsWatch();
    if (!period.isZero()) {
      timer.scheduleWithFixedDelay(
          () -> look(reload), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The jars are about to be loaded, whoever has asked for it. */
  void reloading() {
    tried = stamps();
  }

  private void look(Runnable reload) {
    try {
      Map<Path, Stamp> now = stamps();
      boolean settled = now.equals(seen);
      seen = now;
      if (settled && !now.equals(tried)) {
        reload(reload);
      }
    } catch (RuntimeException e) { // it has to look again
      LOG.error("looking for jars that have changed failed", e);
    }
  }

  private void reload(Runnable reload) {
    try {
      reload.run();
      LOG.info("jars of ports have changed: the configuration was loaded anew");
    } catch (ConfigException e) {
      LOG.error("jars of ports have changed, but the running ports go on: {}", e.getMessage());
    }
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new TreeMap<>();
    for (Path place : config.get().portPlaces()) {
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(place, "*.jar")) {
          jars.forEach(jar -> add(stamps, jar));
        } catch (IOException e) {
          LOG.warn("folder {} of ports can't be read: {}", place, e.getMessage());
        }
      } else {
        add(stamps, place);
      }
    }
    return stamps;
  }

  private static void add(Map<Path, Stamp> stamps, Path jar) {
    try {
      BasicFileAttributes file = Files.readAttributes(jar, BasicFileAttributes.class);
      stamps.put(jar, new Stamp(file.size(), file.lastModifiedTime().toMillis(), file.fileKey()));
    } catch (NoSuchFileException e) {
      stamps.remove(jar); // it is gone, which is a change
    } catch (IOException e) {
      LOG.warn("jar {} can't be looked at: {}", jar, e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
