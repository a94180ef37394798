package dev.banyan.host;

import java.util.Collections;
import java.util.HashMap;
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
 * @param relevance which requests its handlers are about
 * @param handlers by name
 * @param functions by name; a method's name begins with a colon
 * @param mirrors functions that both sides run, by name
 * @param methods methods of the module's objects, by name with a colon before it
 * @param timers what it does later, by name
 * @param constants fields that are no functions, by name
 */
public record BoundPort(
    String module,
    Class<?> type,
    String version,
    String checksum,
    Relevance relevance,
    Map<String, BoundHandler> handlers,
    Map<String, BoundFunction> functions,
    Map<String, BoundFunction> mirrors,
    Map<String, BoundMethod> methods,
    Map<String, BoundTimer> timers,
    Map<String, Object> constants) {
  /** Copies the maps. */
  public BoundPort {
    handlers = copy(handlers);
    functions = copy(functions);
    mirrors = copy(mirrors);
    methods = copy(methods);
    timers = copy(timers);
    constants = copy(constants);
  }

  /** Asked several times for each call: {@link Map#copyOf} would divide each time, this masks. */
  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new HashMap<>(map));
  }

  /** The names of the Lua functions that this port replaces or mirrors. */
  public Set<String> names() {
    Set<String> names = new HashSet<>(handlers.keySet());
    names.addAll(functions.keySet());
    names.addAll(mirrors.keySet());
    return names;
  }

  /** The handler of that name, or null. */
  public @Nullable BoundHandler handler(String name) {
    return handlers.get(name);
  }

  /** The function or method of that name, or null. */
  public @Nullable BoundFunction function(String name) {
    BoundMethod method = methods.get(name);
    return method != null ? method.function() : functions.get(name);
  }

  /** What answers calls of that name: a handler, else a function or method; or null. */
  public @Nullable BoundTarget target(String name) {
    BoundHandler handler = handlers.get(name);
    return handler != null ? handler : function(name);
  }

  /** The mirrored function of that name, or null. */
  public @Nullable BoundFunction mirror(String name) {
    return mirrors.get(name);
  }
}
