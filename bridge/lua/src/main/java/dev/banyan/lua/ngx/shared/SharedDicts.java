package dev.banyan.lua.ngx.shared;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The dicts that a configuration declares, by name. Immutable; shared by all workers. */
public final class SharedDicts {
  private final Map<String, SharedDict> byName;

  /** The dicts of one configuration. */
  public SharedDicts(List<SharedDict> dicts) {
    byName =
        dicts.stream().collect(Collectors.toUnmodifiableMap(SharedDict::name, Function.identity()));
  }

  /** A dict by name. */
  public Optional<SharedDict> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Every dict. */
  public List<SharedDict> all() {
    return List.copyOf(byName.values());
  }
}
