package dev.banyan.gateway;

import dev.banyan.lua.seam.MeteredModules;
import dev.banyan.lua.seam.MeteredModules.Usage;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** For any thread but a worker's: the calls of Lua modules are metered until {@link #end}. */
public final class Metering {
  private final Map<GatewayWorker, MeteredModules> workers;
  private final BooleanSupplier past;

  private Metering(Map<GatewayWorker, MeteredModules> workers, BooleanSupplier past) {
    this.workers = workers;
    this.past = past;
  }

  /** Begins on all workers that are free; one that a call holds is left out. */
  static Metering begin(
      List<GatewayWorker> workers, Collection<String> modules, BooleanSupplier past) {
    Map<GatewayWorker, MeteredModules> begun = new HashMap<>();
    for (GatewayWorker worker : workers) {
      MeteredModules one = Recording.on(worker, () -> worker.lua().meter(modules));
      if (one != null) {
        begun.put(worker, one);
      }
    }
    return new Metering(begun, past);
  }

  /** Whether another configuration has taken the place of the one whose traffic it is. */
  public boolean isPast() {
    return past.getAsBoolean();
  }

  /** Ends it everywhere, and tells what the calls of each module took on all workers. */
  public Map<String, Usage> end() {
    Map<String, Usage> all = new TreeMap<>();
    workers.forEach((worker, modules) -> {
      Map<String, Usage> one = Recording.on(worker, () -> ended(modules));
      if (one == null) {
        worker.loop().execute(modules::end); // when what holds it is over
      } else {
        one.forEach((name, usage) -> all.merge(name, usage, Usage::plus));
      }
    });
    return all;
  }

  private static Map<String, Usage> ended(MeteredModules modules) {
    modules.end();
    return modules.usage();
  }
}
