package dev.banyan.duel.generate;

import dev.banyan.duel.suite.Request;
import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.LocationKind;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.ServerConf;
import dev.banyan.nginx.ServerName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Owned by one generation: each location, hit and nearly hit, by each method. */
final class LocationCases {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
  private static final int HOSTS = 3;

  private final Draft draft;
  private final Random random;

  LocationCases(Draft draft, Random random) {
    this.draft = draft;
    this.random = random;
  }

  /** Makes the cases; returns the hosts that other cases may ask. */
  List<String> of(NginxConf conf, List<DataRecord> records) {
    List<String> all = new ArrayList<>();
    records.forEach(r -> r.hosts().forEach(host -> all.add(DataRecord.concrete(host))));
    for (ServerConf server : conf.http().servers()) {
      List<String> hosts = new ArrayList<>();
      server.names().forEach(name -> hosts.addAll(hosts(name)));
      all.addAll(hosts);
      List<String> asked = hosts.isEmpty() ? some(all) : hosts;
      List<String> last = asked.isEmpty() ? List.of("localhost") : asked;
      server.locations().forEach(location -> location(location, last));
    }
    return all.isEmpty() ? List.of("localhost") : all;
  }

  private List<String> some(List<String> hosts) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < HOSTS && !hosts.isEmpty(); i++) {
      chosen.add(hosts.get(random.nextInt(hosts.size())));
    }
    return chosen;
  }

  private List<String> hosts(ServerName name) {
    return switch (name) {
      case ServerName.Exact exact ->
          exact.text().isEmpty() || exact.text().equals("_") ? List.of() : List.of(exact.text());
      case ServerName.Leading leading -> List.of("duel" + leading.suffix());
      case ServerName.Trailing trailing -> List.of(trailing.prefix() + ".example");
      case ServerName.Regex regex ->
          Samples.of(regex.regex().pattern(), random).hits().stream()
              .filter(host -> host.matches("[A-Za-z0-9.-]+"))
              .toList();
    };
  }

  private void location(LocationConf location, List<String> hosts) {
    String name = location.file().substring(location.file().lastIndexOf('/') + 1);
    String source = name + ":" + location.line();
    for (String path : paths(location)) {
      for (String method : METHODS) {
        String host = hosts.get(random.nextInt(hosts.size()));
        Request request = draft.browser(method, Octets.path(path), host);
        boolean carries = method.startsWith("P");
        draft.add(
            "location",
            method + " " + path,
            source,
            carries ? request.withBody("a=1&b=two") : request);
      }
      String host = hosts.get(random.nextInt(hosts.size()));
      draft.add(
          "location",
          path + " with arguments",
          source,
          draft.browser("GET", Octets.path(path) + "?a=1&b=two", host));
    }
    location.nested().forEach(inner -> location(inner, hosts));
  }

  private Set<String> paths(LocationConf location) {
    Set<String> paths = new LinkedHashSet<>();
    if (location.kind() == LocationKind.REGEX) {
      Samples samples = Samples.of(location.name(), random);
      paths.addAll(samples.hits());
      paths.addAll(samples.misses());
    } else if (location.name().startsWith("/")) {
      paths.addAll(around(location.name()));
    }
    return paths;
  }

  /** A path, and those beside it that a wrong match takes for it. */
  static Set<String> around(String path) {
    Set<String> paths = new LinkedHashSet<>(List.of(path));
    paths.add(path + "x");
    paths.add(path + "/x.html");
    paths.add(path.length() > 1 ? path.substring(0, path.length() - 1) : "/index");
    paths.add("/" + path);
    paths.add(path.toUpperCase(java.util.Locale.ROOT));
    return paths;
  }
}
