package dev.banyan.nginx;

import java.util.ArrayList;
import java.util.List;

/**
 * Where and how lines of a log go to a syslog server.
 *
 * @param facility its number
 * @param severity its number, of lines that have none themselves
 * @param tag who says it
 * @param hostname whether a line names the machine
 */
public record Syslog(HostPort server, int facility, int severity, String tag, boolean hostname) {
  private static final String PREFIX = "syslog:";
  private static final int PORT = 514;
  private static final int LONGEST_TAG = 32;
  private static final List<String> SEVERITIES =
      List.of("emerg", "alert", "crit", "error", "warn", "notice", "info", "debug");
  private static final List<String> FACILITIES = facilities();

  private static List<String> facilities() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "kern",
                "user",
                "mail",
                "daemon",
                "auth",
                "intern",
                "lpr",
                "news",
                "uucp",
                "clock",
                "authpriv",
                "ftp",
                "ntp",
                "audit",
                "alert",
                "cron"));
    for (int i = 0; i < 8; i++) {
      names.add("local" + i);
    }
    return List.copyOf(names);
  }

  /** Whether a log's target is a server rather than a file. */
  public static boolean names(String target) {
    return target.startsWith(PREFIX);
  }

  /**
   * Reads {@code syslog:server=…,…}.
   *
   * @throws IllegalArgumentException in nginx's words
   */
  public static Syslog parse(String target) {
    HostPort server = null;
    int facility = -1;
    int severity = -1;
    String tag = null;
    boolean hostname = true;
    for (String parameter : target.substring(PREFIX.length()).split(",", -1)) {
      String value = parameter.substring(parameter.indexOf('=') + 1);
      if (parameter.startsWith("server=")) {
        once("server", server == null);
        server = server(value);
      } else if (parameter.startsWith("facility=")) {
        once("facility", facility < 0);
        facility = number("facility", FACILITIES, value);
      } else if (parameter.startsWith("severity=")) {
        once("severity", severity < 0);
        severity = number("severity", SEVERITIES, value);
      } else if (parameter.startsWith("tag=")) {
        once("tag", tag == null);
        tag = tag(value);
      } else if (parameter.equals("nohostname")) {
        hostname = false;
      } else {
        throw new IllegalArgumentException("unknown syslog parameter \"" + parameter + "\"");
      }
    }
    if (server == null) {
      throw new IllegalArgumentException("no syslog server specified");
    }
    return new Syslog(
        server,
        facility < 0 ? FACILITIES.indexOf("local7") : facility,
        severity < 0 ? SEVERITIES.indexOf("info") : severity,
        tag == null ? "nginx" : tag,
        hostname);
  }

  private static void once(String name, boolean first) {
    if (!first) {
      throw new IllegalArgumentException("duplicate syslog \"" + name + "\"");
    }
  }

  private static HostPort server(String value) {
    try {
      HostPort server = HostPort.parse(value, PORT);
      if (server.host().equals(HostPort.UNIX)) {
        throw new IllegalArgumentException("no path in the unix domain socket");
      }
      return server;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + " in syslog server \"" + value + "\"", e);
    }
  }

  private static int number(String what, List<String> names, String name) {
    int number = names.indexOf(name);
    if (number < 0) {
      throw new IllegalArgumentException("unknown syslog " + what + " \"" + name + "\"");
    }
    return number;
  }

  private static String tag(String value) {
    if (value.length() > LONGEST_TAG) {
      throw new IllegalArgumentException("syslog tag length exceeds " + LONGEST_TAG);
    }
    boolean allowed =
        value
            .chars()
            .allMatch(c ->
                c == '_'
                    || (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z'));
    if (!allowed) {
      throw new IllegalArgumentException(
          "syslog \"tag\" only allows alphanumeric characters and underscore");
    }
    return value;
  }

  /** The log's name for whoever writes it: the server alone. */
  public String target() {
    return PREFIX + server;
  }

  /** The server of a {@link #target}. */
  public static HostPort serverOf(String target) {
    return HostPort.parse(target.substring(PREFIX.length()), PORT);
  }

  /**
   * What stands in front of a message.
   *
   * @param level the message's own severity
   * @param time as syslog writes it
   * @param host the machine's name
   */
  public String head(int level, String time, String host) {
    return "<"
        + (facility * 8 + level)
        + ">"
        + time
        + (hostname ? " " + host : "")
        + " "
        + tag
        + ": ";
  }
}
