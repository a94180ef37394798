package dev.banyan.host;

import dev.banyan.api.Port;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: the ports that this process can run, by the module they replace. They never
 * change; what others have found out about them is kept with them.
 */
public final class ModuleHost {
  private final Map<String, BoundPort> ports;
  private final Map<Object, Object> derived = new ConcurrentHashMap<>();

  private ModuleHost(Map<String, BoundPort> ports) {
    this.ports = new HashMap<>(ports); // not Map.copyOf: it divides for each of a call's looks
  }

  /** A host without ports. */
  public static ModuleHost empty() {
    return new ModuleHost(Map.of());
  }

  /**
   * Binds these ports, which are on the class path.
   *
   * @throws PortDefect when one can't be bound or two replace one module
   */
  public static ModuleHost of(Collection<? extends Port> ports) {
    List<BoundPort> bound = new ArrayList<>();
    for (Port port : ports) {
      bound.add(PortBinder.bind(port, "classpath", ""));
    }
    return index(bound);
  }

  /**
   * Loads each jar in its own class loader and binds the ports in it.
   *
   * @throws PortDefect naming the jar, when it is none, holds no port, or a port can't be bound
   */
  public static ModuleHost load(List<Path> jars) {
    List<BoundPort> bound = new ArrayList<>();
    for (Path jar : jars) {
      bound.addAll(PortJars.load(jar));
    }
    return index(bound);
  }

  /**
   * What somebody has found out about these ports, made when it is asked for first. It goes when
   * they go, so that whoever holds it weakly holds no former port.
   */
  public Object derived(Object key, Supplier<Object> made) {
    return derived.computeIfAbsent(key, _ -> made.get());
  }

  /** The port of a module, or null. */
  public @Nullable BoundPort port(String module) {
    return ports.get(module);
  }

  /**
   * Runs a mirrored function of a port.
   *
   * @param prefix the folder whose files it may read
   * @return why it failed, or empty
   */
  public Optional<String> mirror(
      String module, String function, List<@Nullable Object> arguments, Path prefix) {
    BoundPort port = ports.get(module);
    BoundFunction mirror = port == null ? null : port.mirror(function);
    return mirror == null
        ? Optional.empty()
        : Mirroring.run(mirror, arguments, new FolderFiles(prefix));
  }

  /** All ports, in no particular order. */
  public Collection<BoundPort> ports() {
    return Collections.unmodifiableCollection(ports.values());
  }

  private static ModuleHost index(List<BoundPort> bound) {
    Map<String, BoundPort> byName = new TreeMap<>();
    for (BoundPort port : bound) {
      BoundPort other = byName.putIfAbsent(port.module(), port);
      if (other != null) {
        throw new PortDefect(
            "two ports replace module \""
                + port.module()
                + "\": "
                + other.type().getName()
                + " and "
                + port.type().getName()
                + "; remove one of them");
      }
    }
    return new ModuleHost(byName);
  }
}
