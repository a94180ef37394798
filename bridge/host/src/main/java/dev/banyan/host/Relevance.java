package dev.banyan.host;

import dev.banyan.api.Relevant;
import dev.banyan.api.View;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: which requests a port is about; an empty set is no condition.
 *
 * @param hosts in lower case, a wildcard as {@code .suffix}
 * @param paths prefixes
 * @param headers names in lower case
 * @param features dotted places in the tenant's settings
 */
public record Relevance(
    Set<String> hosts, Set<String> paths, Set<String> headers, Set<String> features) {
  /** Every request. */
  public static final Relevance ALWAYS = new Relevance(Set.of(), Set.of(), Set.of(), Set.of());

  /** The key of {@code ngx.ctx} that holds the tenant's settings. */
  static final String TENANT = "tenant";

  /** Copies the sets. */
  public Relevance {
    hosts = Set.copyOf(hosts);
    paths = Set.copyOf(paths);
    headers = Set.copyOf(headers);
    features = Set.copyOf(features);
  }

  static Relevance of(@Nullable Relevant relevant, String where) {
    if (relevant == null) {
      return ALWAYS;
    }
    Relevance made =
        new Relevance(
            lower(relevant.hosts())
                .map(h -> h.startsWith("*.") ? h.substring(1) : h)
                .collect(Collectors.toUnmodifiableSet()),
            Set.of(relevant.paths()),
            lower(relevant.headers()).collect(Collectors.toUnmodifiableSet()),
            Set.of(relevant.features()));
    if (made.always()) {
      throw new PortDefect(where + " has @Relevant without a condition: add one or remove it");
    }
    return made;
  }

  /** Whether there is no condition. */
  public boolean always() {
    return hosts.isEmpty() && paths.isEmpty() && headers.isEmpty() && features.isEmpty();
  }

  /** Whether a request is meant. */
  public boolean holds(CallView request) {
    return hostHolds(request)
        && pathHolds(request.path())
        && headerHolds(request)
        && featureHolds(request);
  }

  private boolean hostHolds(CallView request) {
    if (hosts.isEmpty()) {
      return true;
    }
    String host = request.variable("host");
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (hosts.contains(name)) {
      return true;
    }
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (hosts.contains(name.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  private boolean pathHolds(String path) {
    return paths.isEmpty() || paths.stream().anyMatch(path::startsWith);
  }

  private boolean headerHolds(CallView request) {
    return headers.isEmpty() || headers.stream().anyMatch(name -> request.header(name) != null);
  }

  private boolean featureHolds(CallView request) {
    return features.isEmpty()
        || features.stream().anyMatch(feature -> enabled(request.ctx(TENANT), feature));
  }

  private static boolean enabled(@Nullable Object settings, String feature) {
    Object value = settings;
    int from = 0;
    while (from >= 0) {
      int dot = feature.indexOf('.', from);
      String key = feature.substring(from, dot < 0 ? feature.length() : dot);
      value = value instanceof View view ? view.get(key) : null;
      from = dot < 0 ? dot : dot + 1;
    }
    return value != null && !Boolean.FALSE.equals(value);
  }

  private static Stream<String> lower(String[] names) {
    return Stream.of(names).map(name -> name.toLowerCase(Locale.ROOT));
  }
}
