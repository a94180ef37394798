package dev.banyan.host;

import dev.banyan.api.Port;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** Loads the ports of jars, each jar by a class loader of its own. */
final class PortJars {
  private PortJars() {}

  /**
   * The ports of a jar, bound.
   *
   * @throws PortDefect when there is none, or one can't be bound
   */
  static List<BoundPort> load(Path jar) {
    JarContent content = JarContent.read(jar);
    PortCode.check(jar, content);
    PortLoader loader = new PortLoader(jar, content);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<BoundPort> bound = new ArrayList<>();
    Thread current = Thread.currentThread();
    ClassLoader own = current.getContextClassLoader();
    current.setContextClassLoader(loader); // threads that are started inherit it
    try {
      for (Port port : ServiceLoader.load(Port.class, loader)) {
        if (port.getClass().getClassLoader() instanceof PortLoader) {
          String version = loader.version();
          bound.add(
              PortBinder.bind(port, version == null ? "unversioned" : version, content.checksum()));
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new PortDefect(jar + ": " + e.getMessage());
    } finally {
      current.setContextClassLoader(own);
    }
    if (bound.isEmpty()) {
      throw new PortDefect(
          jar + " holds no port: META-INF/services/dev.banyan.api.Port must name one");
    }
    refuseThreads(jar, loader, before);
    return bound;
  }

  private static void refuseThreads(Path jar, PortLoader loader, Set<Thread> before) {
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      Thread thread = entry.getKey();
      if (!before.contains(thread) && runs(loader, thread, entry.getValue())) {
        throw new PortDefect(
            jar
                + " starts thread \""
                + thread.getName()
                + "\": a port has none; what it learns it learns in a function with @Mirror");
      }
    }
  }

  private static boolean runs(PortLoader loader, Thread thread, StackTraceElement[] stack) {
    if (thread.getClass().getClassLoader() == loader || thread.getContextClassLoader() == loader) {
      return true;
    }
    for (StackTraceElement frame : stack) {
      if (loader.holds(frame.getClassName())) {
        return true;
      }
    }
    return false;
  }
}
