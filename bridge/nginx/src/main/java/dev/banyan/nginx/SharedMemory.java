package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Owned by the thread that loads a configuration: the names of shared memory, of which each serves
 * one kind of directive alone.
 */
final class SharedMemory {
  /** The least size of an upstream's zone: eight pages. */
  private static final long MIN_ZONE = 32 << 10;

  /** Who named a zone first, and its size where one was given. */
  private record Zone(Directive directive, String use, long size) {}

  private final Map<String, Zone> zones = new HashMap<>();
  private final Problems problems;

  SharedMemory(Problems problems) {
    this.problems = problems;
  }

  /** Reports what {@code http} names twice for different uses, and zones of upstreams amiss. */
  void check(List<Directive> http) {
    for (Directive directive : http) {
      switch (directive.name()) {
        case "lua_shared_dict" -> declare(directive, directive.arg(0), 0);
        case "limit_req_zone", "limit_conn_zone" -> declare(directive, limit(directive), 0);
        case "proxy_cache_path", "fastcgi_cache_path", "uwsgi_cache_path", "scgi_cache_path" ->
            declare(directive, CachePathReader.zoneOf(directive), 0);
        case "upstream" -> named(directive, "zone").forEach(this::zone);
        case "server" -> named(directive, "ssl_session_cache").forEach(this::sessions);
        case "ssl_session_cache" -> sessions(directive);
        default -> {}
      }
    }
    for (Map.Entry<String, Zone> zone : zones.entrySet()) {
      if (zone.getValue().use().equals("zone") && zone.getValue().size() == 0) {
        problems.add(
            zone.getValue().directive(), "zero size shared memory zone \"" + zone.getKey() + "\"");
      }
    }
  }

  private static List<Directive> named(Directive block, String name) {
    return block.children().stream().filter(child -> child.name().equals(name)).toList();
  }

  private static String limit(Directive directive) {
    for (String arg : directive.args()) {
      if (arg.startsWith("zone=") && arg.indexOf(':') > 0) {
        return arg.substring("zone=".length(), arg.indexOf(':'));
      }
    }
    return "";
  }

  private void sessions(Directive directive) {
    for (String arg : directive.args()) {
      String[] parts = arg.split(":", -1);
      if (parts.length > 1 && parts[0].equals("shared")) {
        declare(directive, parts[1], 0);
      }
    }
  }

  private void zone(Directive directive) {
    String name = directive.arg(0);
    long size = 0;
    if (name.isEmpty()) {
      problems.add(directive, "invalid zone name \"\"");
      return;
    }
    if (directive.args().size() > 1) {
      size = Units.memory(directive.arg(1)).orElse(-1);
      if (size < MIN_ZONE) {
        problems.add(
            directive,
            size < 0
                ? "invalid zone size \"" + directive.arg(1) + "\""
                : "zone \"" + name + "\" is too small");
        return;
      }
    }
    declare(directive, name, size);
  }

  private void declare(Directive directive, String name, long size) {
    Zone zone = new Zone(directive, directive.name(), size);
    Zone earlier = name.isEmpty() ? null : zones.putIfAbsent(name, zone);
    if (earlier == null) {
      return;
    }
    if (!earlier.use().equals(zone.use())) {
      problems.add(
          directive,
          "the shared memory zone \"" + name + "\" is already declared for a different use");
    } else if (earlier.size() == 0) {
      zones.put(name, zone);
    } else if (size != 0 && size != earlier.size()) {
      problems.add(
          directive,
          "the size %d of shared memory zone \"%s\" conflicts with already declared size %d"
              .formatted(size, name, earlier.size()));
    }
  }
}
