package dev.banyan.host;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a port whose every member was checked and bound.
 *
 * @param module the Lua module's name
 * @param type the port's class
 * @param version from its jar's manifest, or "classpath"
 * @param checksum SHA-256 of its jar in hex, or empty
 */
public record BoundPort(
    String module,
    Class<?> type,
    String version,
    String checksum,
    Map<String, BoundHandler> handlers,
    Map<String, BoundFunction> functions) {
  /** Copies the maps. */
  public BoundPort {
    handlers = Map.copyOf(handlers);
    functions = Map.copyOf(functions);
  }

  /** The names of the Lua functions that this port replaces. */
  public Set<String> names() {
    Set<String> names = new HashSet<>(handlers.keySet());
    names.addAll(functions.keySet());
    return names;
  }

  /** The handler of that name, or null. */
  public @Nullable BoundHandler handler(String name) {
    return handlers.get(name);
  }

  /** The function of that name, or null. */
  public @Nullable BoundFunction function(String name) {
    return functions.get(name);
  }
}
