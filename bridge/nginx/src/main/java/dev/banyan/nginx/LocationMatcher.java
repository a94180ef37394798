package dev.banyan.nginx;

import dev.banyan.nginx.script.VariableScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the location of a URI in nginx's order: an exact location; else the longest prefix, then
 * its nested locations, then, unless {@code ^~} forbids it, the first regex of the level.
 * Immutable.
 */
public final class LocationMatcher {
  private final LocationConf root;
  private final Level top;
  private final IdentityHashMap<LocationConf, Level> levels = new IdentityHashMap<>();

  /** The locations of a server, named ones left out. */
  LocationMatcher(LocationConf root, List<LocationConf> locations) {
    this.root = root;
    this.top = level(locations);
  }

  private Level level(List<LocationConf> locations) {
    for (LocationConf location : locations) {
      if (!location.nested().isEmpty()) {
        levels.put(location, level(location.nested()));
      }
    }
    return Level.of(locations);
  }

  /** The locations of one level, ready for look-up. */
  private record Level(
      Map<String, LocationConf> exact,
      Map<String, LocationConf> prefixes,
      Map<String, LocationConf> redirects,
      int[] lengths,
      List<LocationConf> regexes) {
    static final Level EMPTY = of(List.of());

    static Level of(List<LocationConf> locations) {
      Map<String, LocationConf> exact = new HashMap<>();
      Map<String, LocationConf> prefixes = new HashMap<>();
      List<LocationConf> regexes = new ArrayList<>();
      for (LocationConf location : locations) {
        switch (location.kind()) {
          case EXACT -> exact.put(location.name(), location);
          case PREFIX, PREFIX_OVER_REGEX -> prefixes.put(location.name(), location);
          case REGEX -> regexes.add(location);
          case NAMED, SERVER, IF, LIMIT_EXCEPT -> {
            // Not found by a URI.
          }
        }
      }
      int[] lengths =
          prefixes.keySet().stream()
              .map(String::length)
              .distinct()
              .sorted(Comparator.reverseOrder())
              .mapToInt(Integer::intValue)
              .toArray();
      return new Level(exact, prefixes, redirects(exact, prefixes), lengths, List.copyOf(regexes));
    }

    @Nullable LocationConf longestPrefix(String uri) {
      for (int length : lengths) {
        if (length <= uri.length()) {
          LocationConf location = prefixes.get(uri.substring(0, length));
          if (location != null) {
            return location;
          }
        }
      }
      return null;
    }

    @Nullable LocationConf slashRedirect(String uri) {
      return prefixes.containsKey(uri) ? null : redirects.get(uri);
    }

    /** The locations that want a slash behind the path, by the path without it. */
    private static Map<String, LocationConf> redirects(
        Map<String, LocationConf> exact, Map<String, LocationConf> prefixes) {
      Map<String, LocationConf> redirects = new HashMap<>();
      for (Map<String, LocationConf> level : List.of(exact, prefixes)) {
        level.forEach((name, location) -> {
          if (name.endsWith("/") && location.autoRedirect()) {
            redirects.putIfAbsent(name.substring(0, name.length() - 1), location);
          }
        });
      }
      return redirects;
    }
  }

  /** The location for a normalised URI; a regex leaves its captures in the scope. */
  public LocationMatch match(String uri, VariableScope scope) {
    Search search = new Search(uri, scope);
    search.settles(top);
    return search.redirect
        ? new LocationMatch.SlashRedirect(search.location)
        : new LocationMatch.Found(search.location);
  }

  private Level below(LocationConf location) {
    return levels.getOrDefault(location, Level.EMPTY);
  }

  /** One look-up; the location is the best one so far. */
  private final class Search {
    private final String uri;
    private final VariableScope scope;
    private LocationConf location = root;
    private boolean redirect;

    Search(String uri, VariableScope scope) {
      this.uri = uri;
      this.scope = scope;
    }

    /** Whether the choice is final, so that no regex of an outer level is asked. */
    boolean settles(Level level) {
      LocationConf exact = level.exact().get(uri);
      LocationConf slash = exact == null ? level.slashRedirect(uri) : null;
      LocationConf chosen = exact != null ? exact : slash;
      if (chosen != null) {
        location = chosen;
        redirect = slash != null;
        return true;
      }
      LocationConf prefix = level.longestPrefix(uri);
      if (prefix != null) {
        location = prefix;
        if (settles(below(prefix))) {
          return true;
        }
      }
      boolean regexes = prefix == null || prefix.kind() != LocationKind.PREFIX_OVER_REGEX;
      return regexes && regexSettles(level);
    }

    private boolean regexSettles(Level level) {
      for (LocationConf candidate : level.regexes()) {
        if (candidate.regex() != null && candidate.regex().match(uri, scope)) {
          location = candidate;
          settles(below(candidate));
          return true;
        }
      }
      return false;
    }
  }
}
