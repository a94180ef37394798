package dev.banyan.gateway;

import dev.banyan.lua.seam.MeteredModules;
import dev.banyan.lua.seam.MeteredModules.Usage;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** For any thread but a worker's: the calls of Lua modules are metered until {@link #end}. */
public final class Metering {
  private final Map<GatewayWorker, MeteredModules> workers;

  private Metering(Map<GatewayWorker, MeteredModules> workers) {
    this.workers = workers;
  }

  /** Begins on all workers that are free; one that a call holds is left out. */
  static Metering begin(List<GatewayWorker> workers, Collection<String> modules) {
    Map<GatewayWorker, MeteredModules> begun = new HashMap<>();
    for (GatewayWorker worker : workers) {
      MeteredModules one = Recording.on(worker, () -> worker.lua().meter(modules));
      if (one != null) {
        begun.put(worker, one);
      }
    }
    return new Metering(begun);
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
