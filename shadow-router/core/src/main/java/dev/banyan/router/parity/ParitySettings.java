package dev.banyan.router.parity;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Immutable: how parity is measured and how much of it is kept.
 *
 * @param target the parity that every class of traffic has to have at least before a module counts
 *     as proven; above 0, below 1
 * @param samples mismatches kept of each module
 * @param rules the known differences of each module
 * @param redactor cleans what is recorded
 */
public record ParitySettings(
    double target, int samples, Map<String, List<ParityRule>> rules, Redactor redactor) {
  /** The parity that is asked for unless configured: 381 calls of a class without a mismatch. */
  public static final double DEFAULT_TARGET = 0.99;

  /** Refuses a target that can't be reached. */
  public ParitySettings {
    if (target <= 0 || target >= 1) {
      throw new IllegalArgumentException("a target is above 0 and below 1");
    }
    rules = Map.copyOf(rules);
  }

  /** Without rules. */
  public static ParitySettings of(double target, int samples, Redactor redactor) {
    return new ParitySettings(target, samples, Map.of(), redactor);
  }

  /** With the rules of one more module. */
  ParitySettings with(String module, List<ParityRule> more) {
    Map<String, List<ParityRule>> all = new TreeMap<>(rules);
    all.put(module, more);
    return new ParitySettings(target, samples, all, redactor);
  }

  /** With these rules alone. */
  ParitySettings only(String name, List<ParityRule> those) {
    return new ParitySettings(target, samples, Map.of(name, those), redactor);
  }

  /** The rules of one module. */
  List<ParityRule> rules(String module) {
    return rules.getOrDefault(module, List.of());
  }
}
