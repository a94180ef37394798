package dev.banyan.gateway;

import dev.banyan.lua.ngx.CapturedLog;
import dev.banyan.nginx.LogSettings;
import dev.banyan.nginx.Syslog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: writes nginx's error log lines. */
final class ErrorLog {
  static final int EMERG = 1;
  static final int ALERT = 2;
  static final int CRIT = 3;
  static final int ERROR = 4;
  static final int WARN = 5;
  static final int NOTICE = 6;
  static final int INFO = 7;
  static final int DEBUG = 8;

  /** The longest line, as nginx cuts it. */
  private static final int MAX_LINE = 2048;

  private static final List<String> NAMES =
      List.of("", "emerg", "alert", "crit", "error", "warn", "notice", "info", "debug");

  private final LogWriter writer;
  private final LogTimes times;
  private final String hostname;
  private final String process;
  private final @Nullable CapturedLog captured;

  /**
   * A log.
   *
   * @param captureSize how many octets of its lines are kept for Lua; 0 for none
   */
  ErrorLog(LogWriter writer, LogTimes times, String hostname, long pid, int captureSize) {
    this.captured = captureSize > 0 ? new CapturedLog(captureSize) : null;
    this.writer = writer;
    this.times = times;
    this.hostname = hostname;
    this.process = "] " + pid + "#" + pid + ": ";
  }

  /** Whether any target takes lines of this level. */
  static boolean enabled(List<LogSettings.ErrorLog> targets, int level) {
    for (LogSettings.ErrorLog target : targets) {
      if (level <= number(target.level())) {
        return true;
      }
    }
    return false;
  }

  /** The number of the most talkative level that any target takes. */
  static int most(List<LogSettings.ErrorLog> targets) {
    int most = 0;
    for (LogSettings.ErrorLog target : targets) {
      most = Math.max(most, number(target.level()));
    }
    return most;
  }

  /**
   * Writes one line to each target that takes its level.
   *
   * @param connection the connection's number; 0 for none
   * @param context what follows the message but at debug: {@code , client: 127.0.0.1, ...}
   */
  void write(
      List<LogSettings.ErrorLog> targets,
      int level,
      long connection,
      String message,
      String context) {
    if (!enabled(targets, level)) {
      return;
    }
    StringBuilder line = new StringBuilder(128 + message.length());
    line.append(times.error()).append(" [").append(NAMES.get(level)).append(process);
    if (connection != 0) {
      line.append('*').append(connection).append(' ');
    }
    line.append(message);
    if (level != DEBUG) { // as nginx, which tells of the request above that level alone
      line.append(context);
    }
    if (line.length() >= MAX_LINE) {
      line.setLength(MAX_LINE - 1);
    }
    if (captured != null) {
      captured.add(level, times.seconds(), line.toString());
    }
    String text = line.append('\n').toString();
    for (LogSettings.ErrorLog target : targets) {
      if (level <= number(target.level())) {
        writer.write(target.target(), head(target.syslog(), level) + text);
      }
    }
  }

  /** The lines that are kept for Lua; null where none are. */
  @Nullable CapturedLog captured() {
    return captured;
  }

  /** A level's number is one more than syslog's. */
  private String head(@Nullable Syslog syslog, int level) {
    return syslog == null ? "" : syslog.head(level - 1, times.syslog(), hostname);
  }

  /** nginx's number of a level: 1 is emerg, 8 is debug. */
  static int number(LogSettings.Level level) {
    return switch (level) {
      case DEBUG -> DEBUG;
      case INFO -> INFO;
      case NOTICE -> NOTICE;
      case WARN -> WARN;
      case ERROR -> ERROR;
      case CRIT -> CRIT;
      case ALERT -> ALERT;
      case EMERG -> EMERG;
    };
  }
}
