package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: reads {@link LogSettings}. */
final class LogReader {
  private final Scope scope;
  private final Map<String, LogFormat> formats;
  private final LogBuffers buffers;

  LogReader(Scope scope, Map<String, LogFormat> formats, LogBuffers buffers) {
    this.scope = scope;
    this.formats = formats;
    this.buffers = buffers;
  }

  LogSettings read() {
    return new LogSettings(accessLogs(LogFileCache.read(scope)), errorLogs(scope));
  }

  private List<LogSettings.AccessLog> accessLogs(@Nullable LogFileCache files) {
    List<Directive> found = scope.nearest("access_log");
    if (found.isEmpty()) {
      Template target = Template.literal(scope.compiler().absolute("logs/access.log"));
      return List.of(new LogSettings.AccessLog(target, null, format("combined"), null, null));
    }
    List<LogSettings.AccessLog> logs = new ArrayList<>();
    for (Directive directive : found) {
      if (directive.arg(0).equals("off")) {
        if (directive.args().size() > 1) {
          scope.problem(directive, "invalid parameter \"" + directive.arg(1) + "\"");
        }
        return List.of();
      }
      logs.add(
          scope
              .compiler()
              .problems()
              .guard(
                  directive,
                  () -> accessLog(directive, files),
                  new LogSettings.AccessLog(
                      Template.literal(""), null, format("combined"), null, null)));
    }
    return logs;
  }

  private LogSettings.AccessLog accessLog(Directive directive, @Nullable LogFileCache files) {
    String file = directive.arg(0).isEmpty() ? "/dev/stderr" : directive.arg(0);
    Syslog syslog = Syslog.names(file) ? syslog(directive) : null;
    Template target =
        syslog == null ? scope.compiler().path(directive, file) : Template.literal(syslog.target());
    if (syslog == null && target.isConstant()) {
      scope.compiler().log(directive, target.source());
    }
    LogFormat format = format("combined");
    Template condition = null;
    List<String> gathering = new ArrayList<>();
    for (int i = 1; i < directive.args().size(); i++) {
      String arg = directive.arg(i);
      if (i == 1) {
        format = formats.get(arg);
        if (format == null) {
          throw directive.error("unknown log format \"" + arg + "\"");
        }
      } else if (arg.startsWith("if=")) {
        condition = scope.compiler().template(directive, arg.substring(3));
      } else if (LogBuffers.concerns(arg)) {
        gathering.add(arg);
      } else {
        throw directive.error("invalid parameter \"" + arg + "\"");
      }
    }
    if (!gathering.isEmpty()) {
      buffers.read(directive, gathering, target.source(), target.isConstant());
    }
    return new LogSettings.AccessLog(target, syslog, format, condition, files);
  }

  private LogFormat format(String name) {
    LogFormat format = formats.get(name);
    if (format == null) {
      throw new IllegalStateException("the format combined is always there");
    }
    return format;
  }

  static List<LogSettings.ErrorLog> errorLogs(Scope scope) {
    List<LogSettings.ErrorLog> logs = new ArrayList<>();
    for (Directive directive : scope.nearest("error_log")) {
      LogSettings.ErrorLog log =
          scope.compiler().problems().guardOrNull(directive, () -> errorLog(scope, directive));
      if (log != null) {
        logs.add(log);
      }
    }
    return logs;
  }

  private static LogSettings.ErrorLog errorLog(Scope scope, Directive directive) {
    String target = directive.arg(0);
    Syslog syslog = Syslog.names(target) ? syslog(directive) : null;
    LogSettings.Level level =
        directive.args().size() < 2 ? LogSettings.Level.ERROR : level(directive, directive.arg(1));
    if (target.startsWith("memory:")) {
      throw directive.error("nginx was built without debug support");
    }
    if (syslog != null || target.equals("stderr") || target.isEmpty()) {
      return new LogSettings.ErrorLog(syslog == null ? "stderr" : syslog.target(), syslog, level);
    }
    String file = scope.compiler().absolute(target);
    scope.compiler().log(directive, file);
    return new LogSettings.ErrorLog(file, null, level);
  }

  private static Syslog syslog(Directive directive) {
    try {
      return Syslog.parse(directive.arg(0));
    } catch (IllegalArgumentException e) {
      throw directive.error(String.valueOf(e.getMessage()));
    }
  }

  private static LogSettings.Level level(Directive directive, String word) {
    for (LogSettings.Level level : LogSettings.Level.values()) {
      if (level.name().toLowerCase(java.util.Locale.ROOT).equals(word)) {
        return level;
      }
    }
    if (word.startsWith("debug_")) {
      return LogSettings.Level.DEBUG;
    }
    throw directive.error("invalid log level \"" + word + "\"");
  }
}
