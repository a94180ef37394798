package dev.banyan.nginx;

import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Owned by the thread that loads a configuration: reads shared memory zones. */
final class ZoneReader {
  /** The least size of a zone: eight pages. */
  private static final long MIN_ZONE = 32 << 10;

  /** The least size of a shared dict. */
  private static final long MIN_DICT = 12 << 10;

  private final Scope http;

  ZoneReader(Scope http) {
    this.http = http;
  }

  /** The zones that directives of a name define. */
  Map<String, LimitZone> zones(String name) {
    Map<String, LimitZone> zones = new LinkedHashMap<>();
    for (Directive d : http.own(name)) {
      LimitZone zone = http.compiler().problems().guardOrNull(d, () -> zone(d));
      LimitZone earlier = zone == null ? null : zones.putIfAbsent(zone.name(), zone);
      if (earlier != null) {
        String key = earlier.key().source();
        http.problem(
            d, name + " \"" + earlier.name() + "\" is already bound to key \"" + key + "\"");
      }
    }
    return zones;
  }

  private LimitZone zone(Directive directive) {
    String name = "";
    long size = 0;
    long rate = directive.name().equals("limit_req_zone") ? 1_000 : 0;
    for (String arg : directive.args().subList(1, directive.args().size())) {
      if (arg.startsWith("zone=")) {
        int colon = arg.indexOf(':');
        if (colon < 0) {
          throw directive.error("invalid zone size \"" + arg + "\"");
        }
        name = arg.substring(5, colon);
        size = size(directive, arg, arg.substring(colon + 1));
      } else if (arg.startsWith("rate=") && rate > 0) {
        rate = rate(directive, arg);
      } else {
        throw directive.error("invalid parameter \"" + arg + "\"");
      }
    }
    if (name.isEmpty()) {
      throw directive.error("\"" + directive.name() + "\" must have \"zone\" parameter");
    }
    return new LimitZone(name, http.compiler().template(directive, directive.arg(0)), size, rate);
  }

  private static long size(Directive directive, String arg, String text) {
    OptionalLong size = Units.memory(text);
    if (size.isEmpty()) {
      throw directive.error("invalid zone size \"" + arg + "\"");
    }
    if (size.getAsLong() < MIN_ZONE) {
      throw directive.error("zone \"" + arg + "\" is too small");
    }
    return size.getAsLong();
  }

  private static long rate(Directive directive, String arg) {
    boolean minutes = arg.endsWith("r/m");
    boolean seconds = arg.endsWith("r/s");
    String digits = arg.substring(5, arg.length() - (minutes || seconds ? 3 : 0));
    long rate = Units.number(digits).orElse(0);
    if (rate == 0) {
      throw invalidRate(directive, arg);
    }
    return rate * 1_000 / (minutes ? 60 : 1);
  }

  private static ConfException invalidRate(Directive directive, String arg) {
    return directive.error("invalid rate \"" + arg + "\"");
  }

  private static String twice(String name, long before, long size) {
    return before == size
        ? "lua_shared_dict \"%s\" is already defined as \"%s\"".formatted(name, name)
        : "the size %d of shared memory zone \"%s\" conflicts with already declared size %d"
            .formatted(size, name, before);
  }

  /** The sizes of the {@code lua_shared_dict}s. */
  Map<String, Long> sharedDicts() {
    Map<String, Long> dicts = new LinkedHashMap<>();
    for (Directive d : http.own("lua_shared_dict")) {
      String name = d.arg(0);
      OptionalLong size = Units.memory(d.arg(1));
      if (name.isEmpty()) {
        http.problem(d, "invalid lua shared dict name \"" + name + "\"");
      } else if (size.isEmpty() || size.getAsLong() < MIN_DICT) {
        http.problem(d, "invalid lua shared dict size \"" + d.arg(1) + "\"");
      } else {
        Long before = dicts.putIfAbsent(name, size.getAsLong());
        if (before != null) {
          http.problem(d, twice(name, before, size.getAsLong()));
        }
      }
    }
    return dicts;
  }
}
