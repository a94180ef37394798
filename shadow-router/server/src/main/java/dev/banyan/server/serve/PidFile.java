package dev.banyan.server.serve;

import dev.banyan.nginx.NginxConf;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by who starts and stops a server: the file that tells {@code -s reload} and {@code -s quit}
 * which process is meant. While a process hands over, its own number is in another file beside it,
 * as with nginx.
 */
public final class PidFile {
  private static final String DEFAULT = "logs/nginx.pid";
  private static final String ASIDE = ".oldbin";

  private final Path place;
  private Path file;

  private PidFile(Path file) {
    this.place = file;
    this.file = file;
  }

  /** Makes room for the file of the process that takes over. */
  void putAside() {
    move(place.resolveSibling(place.getFileName() + ASIDE));
  }

  /** The process that was to take over doesn't. */
  void takeBack() {
    move(place);
  }

  private void move(Path to) {
    try {
      Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
      file = to;
    } catch (IOException e) {
      log().warn("{} can't be moved to {}: {}", file, to, e.getMessage());
    }
  }

  /** Where a configuration says that its process's number is. */
  private static Path of(NginxConf conf) {
    String named = conf.main().pid();
    return conf.prefix().resolve(named == null ? DEFAULT : named);
  }

  /**
   * The file of a process that is about to serve a configuration, not written yet; null when the
   * configuration names none and the usual folder isn't there or doesn't take it.
   *
   * @throws ConfigException when the configuration names one that can't be written
   */
  static @Nullable PidFile claim(ConfSource source, NginxConf conf) {
    Path file = of(conf);
    try {
      boolean there = Files.exists(file);
      Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      if (!there) {
        Files.delete(file); // the start may fail yet
      }
      return new PidFile(file);
    } catch (IOException e) {
      if (conf.main().pid() == null) {
        return null;
      }
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  source.conf(),
                  0,
                  "the pid file "
                      + file
                      + " can't be written ("
                      + reason(e)
                      + "): give it a folder that takes it, or change \"pid\"")));
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such folder";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Writes this process's number. */
  void write() {
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      log().warn("{} can't be written, so -s can't reach this process: {}", file, e.getMessage());
    }
  }

  /**
   * The process that serves a configuration, if one runs.
   *
   * @throws ConfigException when the configuration can't be used
   */
  public static Optional<ProcessHandle> running(ConfSource source) {
    return process(source.load());
  }

  /** Whether a Banyan serves a configuration, so that it holds the configuration's addresses. */
  public static boolean isServed(NginxConf conf) {
    return process(conf)
        .flatMap(process -> process.info().command())
        .filter(command -> command.endsWith("/java"))
        .isPresent();
  }

  private static Optional<ProcessHandle> process(NginxConf conf) {
    try {
      long pid = Long.parseLong(Files.readString(of(conf)).strip());
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  void remove() {
    try {
      String own = ProcessHandle.current().pid() + "\n";
      if (Files.exists(file) && Files.readString(file).equals(own)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      log().warn("{} can't be removed: {}", file, e.getMessage());
    }
  }

  /** Not a constant: a bare start doesn't pay for a logger that it doesn't use. */
  private static Logger log() {
    return LoggerFactory.getLogger(PidFile.class);
  }
}
