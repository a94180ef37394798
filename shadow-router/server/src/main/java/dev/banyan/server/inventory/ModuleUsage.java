package dev.banyan.server.inventory;

import dev.banyan.lua.seam.MeteredModules.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a module took while the traffic was metered. CPU is that of the threads that ran
 * its calls, without their waiting and without other modules' functions that they called.
 *
 * @param callsPerSecond calls of the functions in its table, by whoever
 * @param microsPerCall CPU of a call, in the mean; null when none was measured
 * @param ofCore CPU of all its calls, of one core's time, from 0
 * @param share of the CPU of all modules' calls, from 0 to 1
 */
public record ModuleUsage(
    double callsPerSecond, @Nullable Double microsPerCall, double ofCore, double share) {
  private static final double NANOS = 1e9;

  /** Of each module, from what was counted in so many seconds. */
  public static Map<String, ModuleUsage> of(Map<String, Usage> counted, double seconds) {
    double all = counted.values().stream().mapToDouble(ModuleUsage::nanos).sum();
    Map<String, ModuleUsage> usage = new LinkedHashMap<>();
    counted.forEach((name, one) -> {
      double nanos = nanos(one);
      usage.put(
          name,
          new ModuleUsage(
              one.calls() / seconds,
              one.measured() == 0 ? null : one.nanos() / 1e3 / one.measured(),
              nanos / (seconds * NANOS),
              all == 0 ? 0 : nanos / all));
    });
    return usage;
  }

  /** Of all calls, were they like the measured ones. */
  private static double nanos(Usage one) {
    return one.measured() == 0 ? 0 : (double) one.nanos() / one.measured() * one.calls();
  }

  /** As JSON. */
  public Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("callsPerSecond", callsPerSecond);
    tree.put("cpuMicrosPerCall", microsPerCall);
    tree.put("cpuOfCore", ofCore);
    tree.put("cpuShare", share);
    return tree;
  }
}
