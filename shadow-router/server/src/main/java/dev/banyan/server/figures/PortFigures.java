package dev.banyan.server.figures;

import dev.banyan.host.BoundPort;
import dev.banyan.host.CallGuards;
import dev.banyan.host.ModuleHost;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: which port of a module is installed, and how its calls are guarded.
 *
 * @param host the installed ports, as they are now
 * @param guards what guards their calls
 */
public record PortFigures(Supplier<ModuleHost> host, CallGuards guards) {
  /** Adds version, checksum, deadline and the breaker's state. */
  void put(String module, Map<String, @Nullable Object> tree) {
    BoundPort port = host.get().port(module);
    tree.put("portVersion", port == null ? null : port.version());
    tree.put("portChecksum", port == null ? null : port.checksum());
    Duration deadline = guards.rules(module).deadline();
    tree.put("deadlineMillis", deadline.toMillis());
    tree.put("breaker", guards.breaker(module).name().toLowerCase(Locale.ROOT));
  }
}
