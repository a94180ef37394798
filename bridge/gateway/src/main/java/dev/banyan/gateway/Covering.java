package dev.banyan.gateway;

import dev.banyan.lua.RequestCoverage;
import dev.banyan.lua.RequestCoverage.Reached;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * For any thread but a worker's: which requests reach which Lua for the first time, until {@link
 * #end}.
 */
public final class Covering {
  private final Map<GatewayWorker, RequestCoverage> workers;
  private final BooleanSupplier past;

  private Covering(Map<GatewayWorker, RequestCoverage> workers, BooleanSupplier past) {
    this.workers = workers;
    this.past = past;
  }

  /** Begins on all workers; on one that a call holds, when it is free. */
  static Covering begin(List<GatewayWorker> workers, String field, BooleanSupplier past) {
    Map<GatewayWorker, RequestCoverage> begun = new LinkedHashMap<>();
    workers.forEach(worker -> begun.put(worker, LuaSide.coverage(field)));
    Covering covering = new Covering(begun, past);
    covering.take(Set.of());
    return covering;
  }

  /**
   * What was reached since the last time, by worker; one that a call holds is left out.
   *
   * @param seen what was reached before, by any of them
   */
  public List<Reached> take(Set<String> seen) {
    List<Reached> all = new ArrayList<>();
    workers.forEach((worker, coverage) -> {
      Reached one = Recording.on(worker, () -> worker.lua().reached(coverage, seen));
      if (one != null) {
        all.add(one);
      }
    });
    return all;
  }

  /** Whether another configuration has taken the place of the one whose traffic it is. */
  public boolean isPast() {
    return past.getAsBoolean();
  }

  /** Ends it everywhere; at once where a worker is free, else when it is. */
  public void end() {
    workers.forEach((worker, coverage) -> worker.loop().execute(coverage::disarm));
  }
}
