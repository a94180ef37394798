package dev.banyan.gateway;

import dev.banyan.nginx.LogFormat;
import dev.banyan.nginx.LogSettings;
import dev.banyan.nginx.Syslog;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariableScope;
import org.jspecify.annotations.Nullable;

/** Writes a request to an {@code access_log}. */
final class AccessLog {
  private static final String HEX = "0123456789ABCDEF";

  private AccessLog() {}

  static void write(Request r, LogSettings.AccessLog log) {
    Template condition = log.condition();
    if (condition != null) {
      String value = condition.evaluate(r);
      if (value.isEmpty() || value.equals("0")) {
        return;
      }
    }
    String target = log.target().evaluate(r);
    if (target.isEmpty()) {
      return;
    }
    String line = log.format().template().evaluate(new Escaping(r, log.format().escape()));
    Syslog syslog = log.syslog();
    String head =
        syslog == null
            ? ""
            : syslog.head(syslog.severity(), r.worker().times().syslog(), r.service().hostname());
    boolean ascii = log.format().escape() == LogFormat.Escape.DEFAULT;
    r.service()
        .logs()
        .write(
            target,
            log.target().isConstant()
                ? null
                : new VaryingLogs.Place(FilePaths.documentRoot(r), log.files()),
            out -> {
              out.text(head);
              (ascii ? out.octets(line) : out.text(line)).octet('\n');
            });
  }

  /** A request whose variables come out as a log line writes them. */
  private record Escaping(Request request, LogFormat.Escape escape) implements VariableScope {
    @Override
    public @Nullable String variable(Variable variable) {
      return escaped(request.variable(variable));
    }

    @Override
    public void set(Variable variable, @Nullable String value) {
      request.set(variable, value);
    }

    @Override
    public @Nullable String capture(int n) {
      return escaped(request.capture(n));
    }

    @Override
    public void captures(@Nullable String[] groups) {
      request.captures(groups);
    }

    private @Nullable String escaped(@Nullable String value) {
      return switch (escape) {
        case DEFAULT -> value == null ? "-" : standard(value);
        case JSON -> value == null ? "" : json(value);
        case NONE -> value;
      };
    }
  }

  private static String standard(String value) {
    StringBuilder out = null;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        if (out == null) {
          out = new StringBuilder(value.length() + 16).append(value, 0, i);
        }
        out.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? value : out.toString();
  }

  /** An octet string as the text of a JSON string. */
  static String json(String value) {
    StringBuilder out = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }
}
