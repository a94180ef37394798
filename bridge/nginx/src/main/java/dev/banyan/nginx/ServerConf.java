package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.RewriteProgram;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code server}. Immutable.
 *
 * @param root its own level: what holds where no location matches
 * @param rewrites the program of the server rewrite phase
 * @param serverRewrite {@code server_rewrite_by_lua*}; null for none
 * @param locations the locations, in the order of the file
 * @param namedLocations the {@code @name} locations by name
 * @param matcher finds the location of a URI
 */
public record ServerConf(
    List<Listen> listens,
    List<ServerName> names,
    LocationConf root,
    RewriteProgram rewrites,
    @Nullable LuaHandler serverRewrite,
    List<LocationConf> locations,
    Map<String, LocationConf> namedLocations,
    LocationMatcher matcher,
    ServerSettings settings,
    TlsSettings tls,
    String file,
    int line) {
  public ServerConf {
    listens = List.copyOf(listens);
    names = List.copyOf(names);
    locations = List.copyOf(locations);
    namedLocations = Map.copyOf(namedLocations);
  }

  /** What {@code $server_name} is: the first name, a leading dot aside. */
  public String primaryName() {
    if (names.isEmpty()) {
      return "";
    }
    ServerName first = names.getFirst();
    return first instanceof ServerName.Leading leading && leading.bare()
        ? leading.text().substring(1)
        : first.text();
  }
}
