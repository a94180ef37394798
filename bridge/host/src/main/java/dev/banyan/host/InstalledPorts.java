package dev.banyan.host;

import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the ports in force. They are replaced whole; whoever holds the former host goes on
 * with it, and when the last one has let go of it, its class loaders are collected.
 */
public final class InstalledPorts {
  private final Map<String, Heard> heard = new TreeMap<>();
  private volatile ModuleHost current;

  /** The latest call of a mirrored function. */
  private record Heard(
      String module, String function, List<@Nullable Object> arguments, Path prefix) {
    String key() {
      return module + " " + function;
    }
  }

  /** Begins with these ports. */
  public InstalledPorts(ModuleHost first) {
    this.current = first;
  }

  /** The ports in force now. */
  public ModuleHost current() {
    return current;
  }

  /**
   * Runs a mirrored function and remembers the call for later versions of its port.
   *
   * @param arguments values that outlive the call
   * @return why it failed, or empty
   */
  public synchronized Optional<String> mirror(
      String module, String function, List<@Nullable Object> arguments, Path prefix) {
    Heard call = new Heard(module, function, arguments, prefix);
    heard.put(call.key(), call);
    return current.mirror(module, function, arguments, prefix);
  }

  /**
   * Puts other ports in force, after they have heard what the former ones heard.
   *
   * @return the modules whose port is another one now
   * @throws PortDefect when a port is older than the one in force, or can't follow what was heard;
   *     everything stays as it was
   */
  public synchronized List<String> replace(ModuleHost next) {
    ModuleHost former = current;
    List<String> changed = new ArrayList<>();
    for (BoundPort port : next.ports()) {
      BoundPort before = former.port(port.module());
      if (before == null || !before.checksum().equals(port.checksum())) {
        changed.add(port.module());
      }
      if (before != null) {
        refuseOlder(before, port);
      }
    }
    for (BoundPort port : former.ports()) {
      if (next.port(port.module()) == null) {
        changed.add(port.module());
      }
    }
    for (Heard call : heard.values()) {
      next.mirror(call.module(), call.function(), call.arguments(), call.prefix())
          .ifPresent(reason -> {
            throw new PortDefect(
                "the new port of "
                    + call.module()
                    + " can't follow \""
                    + call.function()
                    + "\": "
                    + reason);
          });
    }
    current = next;
    changed.sort(null);
    return changed;
  }

  /** Puts ports back in force that {@link #replace} took out of it. */
  public synchronized void restore(ModuleHost former) {
    current = former;
  }

  private static void refuseOlder(BoundPort before, BoundPort port) {
    if (older(port.version(), before.version())) {
      throw new PortDefect(
          "the port of "
              + port.module()
              + " would go back from version "
              + before.version()
              + " to "
              + port.version()
              + ": install a newer one, or start anew with the older");
    }
  }

  private static boolean older(String version, String than) {
    try {
      return ModuleDescriptor.Version.parse(version).compareTo(ModuleDescriptor.Version.parse(than))
          < 0;
    } catch (IllegalArgumentException e) {
      return false; // versions that are no numbers have no order
    }
  }
}
