package dev.banyan.nginx;

import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Owned by the thread that loads a configuration: reads {@code proxy_cache_path} and its like. */
final class CachePathReader {
  /** The least size of a zone of keys: two pages. */
  private static final long MIN_ZONE = 8 << 10;

  private static final int MAX_LEVELS = 3;

  /** One for each module that keeps answers. */
  static final String[] DIRECTIVES = {
    "proxy_cache_path", "fastcgi_cache_path", "uwsgi_cache_path", "scgi_cache_path"
  };

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final Scope http;

  CachePathReader(Scope http) {
    this.http = http;
  }

  /** The paths by their zones. */
  Map<String, CachePath> paths() {
    Map<String, CachePath> paths = new LinkedHashMap<>();
    for (Directive d : http.ownOf(DIRECTIVES)) {
      CachePath path = http.compiler().problems().guardOrNull(d, () -> path(d));
      if (path == null) {
        continue;
      }
      if (paths.values().stream().anyMatch(other -> other.path().equals(path.path()))) {
        http.problem(d, "the same path name \"" + path.path() + "\" used");
      }
      if (paths.putIfAbsent(path.zone(), path) != null) {
        http.problem(d, "duplicate zone \"" + path.zone() + "\"");
      }
    }
    return paths;
  }

  /** The name of the zone that a directive defines; empty for none. */
  static String zoneOf(Directive directive) {
    String name = "";
    for (String arg : directive.args()) {
      int colon = arg.indexOf(':');
      if (arg.startsWith("keys_zone=") && colon > 0) {
        name = arg.substring("keys_zone=".length(), colon);
      }
    }
    return name;
  }

  private CachePath path(Directive directive) {
    List<Integer> levels = List.of();
    long keysSize = 0;
    Duration inactive = TEN_MINUTES;
    long maxSize = 0;
    long minFree = 0;
    for (String arg : directive.args().subList(1, directive.args().size())) {
      int equals = arg.indexOf('=') + 1;
      String value = arg.substring(equals);
      switch (arg.substring(0, equals)) {
        case "levels=" -> levels = levels(directive, arg, value);
        case "keys_zone=" -> keysSize = keysSize(directive, arg);
        case "inactive=" -> inactive = time(directive, "inactive", arg, value);
        case "max_size=" -> maxSize = size(directive, "max_size", arg, value);
        case "min_free=" -> minFree = size(directive, "min_free", arg, value);
        case "use_temp_path=" -> onOrOff(directive, arg, value);
        case "loader_files=", "manager_files=" -> number(directive, arg, value);
        case "loader_sleep=", "manager_sleep=", "loader_threshold=", "manager_threshold=" ->
            time(directive, arg.substring(0, equals - 1), arg, value);
        default -> throw directive.error("invalid parameter \"" + arg + "\"");
      }
    }
    String zone = zoneOf(directive);
    if (zone.isEmpty()) {
      throw directive.error("\"" + directive.name() + "\" must have \"keys_zone\" parameter");
    }
    String folder = http.compiler().absolute(directive.arg(0));
    String path = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    return new CachePath(zone, path, levels, keysSize, inactive, maxSize, minFree);
  }

  private static List<Integer> levels(Directive directive, String arg, String value) {
    List<Integer> levels = new ArrayList<>();
    if (value.isEmpty()) {
      return levels;
    }
    for (String level : value.split(":", -1)) {
      if (!level.equals("1") && !level.equals("2")) {
        throw directive.error("invalid \"levels\" \"" + arg + "\"");
      }
      levels.add(Integer.parseInt(level));
    }
    if (levels.size() > MAX_LEVELS) {
      throw directive.error("invalid \"levels\" \"" + arg + "\"");
    }
    return levels;
  }

  private static long keysSize(Directive directive, String arg) {
    OptionalLong size = Units.memory(arg.substring(arg.indexOf(':') + 1));
    if (arg.indexOf(':') < 0 || size.isEmpty()) {
      throw directive.error("invalid keys zone size \"" + arg + "\"");
    }
    if (size.getAsLong() < MIN_ZONE) {
      throw directive.error("keys zone \"" + arg + "\" is too small");
    }
    return size.getAsLong();
  }

  private static Duration time(Directive directive, String name, String arg, String value) {
    try {
      return name.equals("inactive") ? Units.seconds(value) : Units.millis(value);
    } catch (NumberFormatException | ArithmeticException e) {
      throw invalid(directive, name, arg);
    }
  }

  private static long size(Directive directive, String name, String arg, String value) {
    return Units.size(value).orElseThrow(() -> invalid(directive, name, arg));
  }

  private static void number(Directive directive, String arg, String value) {
    if (Units.number(value).isEmpty()) {
      throw invalid(directive, arg.substring(0, arg.indexOf('=')), arg);
    }
  }

  private static ConfException invalid(Directive directive, String name, String arg) {
    return directive.error("invalid " + name + " value \"" + arg + "\"");
  }

  private static void onOrOff(Directive directive, String arg, String value) {
    if (!value.equals("on") && !value.equals("off")) {
      throw directive.error(
          "invalid use_temp_path value \"" + arg + "\", it must be \"on\" or \"off\"");
    }
  }
}
