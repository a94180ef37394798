package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code access_log} and {@code error_log} of a level.
 *
 * @param access where each request is logged; empty for {@code off}
 * @param error where errors go; several may be given; empty inherits the process's log
 */
public record LogSettings(List<AccessLog> access, List<ErrorLog> error) {
  public LogSettings {
    access = List.copyOf(access);
    error = List.copyOf(error);
  }

  /**
   * One {@code access_log}.
   *
   * @param target the file, absolute unless it starts with a variable
   * @param syslog the server that gets the lines instead; null for none
   * @param format how a line looks
   * @param condition logs unless it is empty or {@code 0}; null logs always
   * @param files which files stay open where the target has variables; null closes each at once
   */
  public record AccessLog(
      Template target,
      @Nullable Syslog syslog,
      LogFormat format,
      @Nullable Template condition,
      @Nullable LogFileCache files) {}

  /**
   * One {@code error_log}.
   *
   * @param target a file or {@code stderr}
   * @param syslog the server that gets the lines instead; null for none
   */
  public record ErrorLog(String target, @Nullable Syslog syslog, Level level) {}

  /** Severities, mildest first. */
  public enum Level {
    DEBUG,
    INFO,
    NOTICE,
    WARN,
    ERROR,
    CRIT,
    ALERT,
    EMERG
  }
}
