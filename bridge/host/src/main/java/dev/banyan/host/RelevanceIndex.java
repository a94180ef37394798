package dev.banyan.host;

import dev.banyan.api.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: finds the modules whose ports are about a request without looking at
 * the others.
 *
 * <p>Each port stands in it once, under the most selective kind of its conditions: host, then path,
 * then header, then feature. What the request holds of that kind leads to the few ports whose other
 * conditions are evaluated.
 */
public final class RelevanceIndex {
  private final List<BoundPort> always = new ArrayList<>();
  private final Map<String, List<BoundPort>> hosts = new HashMap<>();
  private final PrefixTree<BoundPort> paths = new PrefixTree<>();
  private final Map<String, List<BoundPort>> headers = new HashMap<>();
  private final FeatureTree<BoundPort> features = new FeatureTree<>();

  /**
   * What was found for a request.
   *
   * @param modules whose ports are about it
   * @param examined of how many ports all conditions were evaluated
   */
  public record Found(Set<String> modules, int examined) {}

  /** Indexes these ports. */
  public RelevanceIndex(Collection<BoundPort> ports) {
    ports.forEach(this::add);
  }

  private void add(BoundPort port) {
    Relevance about = port.relevance();
    if (!about.hosts().isEmpty()) {
      about.hosts().forEach(host -> under(hosts, host, port));
    } else if (!about.paths().isEmpty()) {
      about.paths().forEach(path -> paths.add(path, port));
    } else if (!about.headers().isEmpty()) {
      about.headers().forEach(header -> under(headers, header, port));
    } else if (!about.features().isEmpty()) {
      about.features().forEach(place -> features.add(List.of(place.split("\\.", -1)), port));
    } else {
      always.add(port);
    }
  }

  private static void under(Map<String, List<BoundPort>> index, String key, BoundPort port) {
    index.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(port);
  }

  /** The modules whose ports are about the request as it is now. */
  public Found find(CallView request) {
    Search search = new Search(request);
    always.forEach(port -> search.modules.add(port.module()));
    if (!hosts.isEmpty()) {
      byHost(request.variable("host"), search);
    }
    paths.find(request.path(), search);
    if (!headers.isEmpty()) {
      request
          .allHeaders(0)
          .forEach((name, _) -> show(headers.get(name.toLowerCase(Locale.ROOT)), search));
    }
    if (!features.isEmpty() && request.ctx(Relevance.TENANT) instanceof View tenant) {
      features.find(tenant, search);
    }
    return new Found(search.modules, search.examined);
  }

  private void byHost(@Nullable String host, Search search) {
    if (host == null) {
      return;
    }
    String name = host.toLowerCase(Locale.ROOT);
    show(hosts.get(name), search);
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      show(hosts.get(name.substring(dot)), search);
    }
  }

  private static void show(@Nullable List<BoundPort> ports, Search search) {
    if (ports != null) {
      ports.forEach(search);
    }
  }

  /** Owned by one look at the index. */
  private static final class Search implements Consumer<BoundPort> {
    private final CallView request;
    private final Set<String> modules = new HashSet<>();
    private int examined;

    Search(CallView request) {
      this.request = request;
    }

    @Override
    public void accept(BoundPort port) {
      if (!modules.contains(port.module())) {
        examined++;
        if (port.relevance().holds(request)) {
          modules.add(port.module());
        }
      }
    }
  }
}
