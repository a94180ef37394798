package dev.banyan.host;

import dev.banyan.api.Port;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: the ports that this process can run, by the module they replace. */
public final class ModuleHost {
  private final Map<String, BoundPort> ports;

  private ModuleHost(Map<String, BoundPort> ports) {
    this.ports = Map.copyOf(ports);
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
      bound.addAll(loadJar(jar));
    }
    return index(bound);
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
    return ports.values();
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

  private static List<BoundPort> loadJar(Path jar) {
    String checksum = checksum(jar);
    List<BoundPort> bound = new ArrayList<>();
    try {
      for (Port port : ServiceLoader.load(Port.class, loader(jar))) {
        if (!(port.getClass().getClassLoader() instanceof PortLoader)) {
          continue;
        }
        String version = port.getClass().getPackage().getImplementationVersion();
        bound.add(PortBinder.bind(port, version == null ? "unversioned" : version, checksum));
      }
    } catch (ServiceConfigurationError e) {
      throw new PortDefect(jar + ": " + e.getMessage());
    }
    if (bound.isEmpty()) {
      throw new PortDefect(
          jar + " holds no port: META-INF/services/dev.banyan.api.Port must name one");
    }
    return bound;
  }

  /**
   * A port's own world: its jar, the JDK and the API. Nothing else of this process is within its
   * reach, nor another version of itself.
   */
  private static final class PortLoader extends URLClassLoader {
    private static final String API = Port.class.getPackageName() + ".";

    PortLoader(URL jar) {
      super(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      return name.startsWith(API) ? Class.forName(name) : super.findClass(name);
    }
  }

  private static PortLoader loader(Path jar) {
    try {
      return new PortLoader(jar.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new PortDefect(jar + ": " + e.getMessage());
    }
  }

  private static String checksum(Path jar) {
    try (InputStream in = Files.newInputStream(jar)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream digest = new DigestInputStream(in, sha)) {
        digest.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (IOException e) {
      throw new PortDefect(jar + " can't be read: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
