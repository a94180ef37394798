package dev.banyan.host;

import dev.banyan.api.Relevant;
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
 */
public record Relevance(Set<String> hosts, Set<String> paths, Set<String> headers) {
  /** Every request. */
  public static final Relevance ALWAYS = new Relevance(Set.of(), Set.of(), Set.of());

  /** Copies the sets. */
  public Relevance {
    hosts = Set.copyOf(hosts);
    paths = Set.copyOf(paths);
    headers = Set.copyOf(headers);
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
            lower(relevant.headers()).collect(Collectors.toUnmodifiableSet()));
    if (made.equals(ALWAYS)) {
      throw new PortDefect(where + " has @Relevant without a condition: add one or remove it");
    }
    return made;
  }

  private static Stream<String> lower(String[] names) {
    return Stream.of(names).map(name -> name.toLowerCase(Locale.ROOT));
  }
}
