package dev.banyan.router.parity;

import java.util.Map;

/**
 * Immutable: one module's figures at one moment.
 *
 * @param luaCalls calls that Lua answered, fallbacks included
 * @param javaCalls calls that Java answered
 * @param verdicts of shadowed calls, those that found no room included
 * @param proof what the verdicts by class of traffic show
 */
public record ParitySnapshot(
    String module,
    long luaCalls,
    long javaCalls,
    Verdicts verdicts,
    Map<String, Long> fallbacks,
    Map<String, Long> skips,
    Map<String, Long> breakages,
    Latency luaLatency,
    Latency javaLatency,
    Proof proof) {
  /** Copies the maps. */
  public ParitySnapshot {
    fallbacks = Map.copyOf(fallbacks);
    skips = Map.copyOf(skips);
    breakages = Map.copyOf(breakages);
  }

  /** How often Java was asked and Lua answered. */
  public long fallbackTotal() {
    return fallbacks.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The share of calls that Java answered, from 0 to 1. */
  public double javaShare() {
    long all = luaCalls + javaCalls;
    return all == 0 ? 0 : (double) javaCalls / all;
  }
}
