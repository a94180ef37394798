package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Owned by the thread that loads a configuration: reads {@link LimitSettings}. */
final class LimitReader {
  private static final int MAX_CONNECTIONS = 65_535;

  private final Scope scope;
  private final Set<String> requestZones;
  private final Set<String> connectionZones;

  LimitReader(Scope scope, Set<String> requestZones, Set<String> connectionZones) {
    this.scope = scope;
    this.requestZones = requestZones;
    this.connectionZones = connectionZones;
  }

  LimitSettings read() {
    return new LimitSettings(
        requests(),
        status("limit_req_status"),
        scope.choice("limit_req_log_level", LogSettings.Level.ERROR),
        scope.flag("limit_req_dry_run", false),
        connections(),
        status("limit_conn_status"),
        scope.choice("limit_conn_log_level", LogSettings.Level.ERROR),
        scope.flag("limit_conn_dry_run", false));
  }

  private int status(String name) {
    int status = scope.number(name, 503);
    Directive directive = scope.one(name);
    if (directive != null && (status < 400 || status > 599)) {
      scope.problem(directive, "value must be between 400 and 599");
    }
    return status;
  }

  private List<LimitSettings.Request> requests() {
    List<LimitSettings.Request> requests = new ArrayList<>();
    for (Directive d : scope.nearest("limit_req")) {
      LimitSettings.Request request = scope.compiler().problems().guardOrNull(d, () -> request(d));
      if (request != null) {
        requests.add(request);
      }
    }
    return requests;
  }

  private LimitSettings.Request request(Directive directive) {
    String zone = "";
    int burst = 0;
    int delay = 0;
    for (String arg : directive.args()) {
      if (arg.startsWith("zone=")) {
        zone = arg.substring(5);
      } else if (arg.startsWith("burst=")) {
        burst = count(directive, arg, "burst value");
      } else if (arg.startsWith("delay=")) {
        delay = count(directive, arg, "delay value");
      } else if (arg.equals("nodelay")) {
        delay = Integer.MAX_VALUE;
      } else {
        throw directive.error("invalid parameter \"" + arg + "\"");
      }
    }
    if (zone.isEmpty()) {
      throw directive.error("\"limit_req\" must have \"zone\" parameter");
    }
    if (!requestZones.contains(zone)) {
      throw directive.error("zero size shared memory zone \"" + zone + "\"");
    }
    return new LimitSettings.Request(zone, burst, delay);
  }

  private static int count(Directive directive, String arg, String what) {
    OptionalLong value = Units.number(arg.substring(6));
    if (value.isEmpty() || value.getAsLong() < 1 || value.getAsLong() > Integer.MAX_VALUE) {
      throw directive.error("invalid " + what + " \"" + arg + "\"");
    }
    return (int) value.getAsLong();
  }

  private List<LimitSettings.Connection> connections() {
    List<LimitSettings.Connection> connections = new ArrayList<>();
    for (Directive d : scope.nearest("limit_conn")) {
      OptionalLong limit = Units.number(d.arg(1));
      if (limit.isEmpty() || limit.getAsLong() < 1) {
        scope.problem(d, "invalid number of connections \"" + d.arg(1) + "\"");
      } else if (limit.getAsLong() > MAX_CONNECTIONS) {
        scope.problem(d, "connection limit must be less 65536");
      } else if (!connectionZones.contains(d.arg(0))) {
        scope.problem(d, "zero size shared memory zone \"" + d.arg(0) + "\"");
      } else {
        connections.add(new LimitSettings.Connection(d.arg(0), (int) limit.getAsLong()));
      }
    }
    return connections;
  }
}
