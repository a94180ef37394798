package dev.banyan.router.parity;

import java.util.Map;

/**
 * Immutable: one module's figures at one moment.
 *
 * @param luaCalls calls that Lua answered, fallbacks included
 * @param javaCalls calls that Java answered
 */
public record ParitySnapshot(
    String module,
    long luaCalls,
    long javaCalls,
    long matched,
    long ignored,
    long mismatched,
    long skipped,
    long broken,
    Map<String, Long> fallbacks,
    Map<String, Long> skips,
    Map<String, Long> breakages,
    Latency luaLatency,
    Latency javaLatency) {
  /** Copies the maps. */
  public ParitySnapshot {
    fallbacks = Map.copyOf(fallbacks);
    skips = Map.copyOf(skips);
    breakages = Map.copyOf(breakages);
  }

  /** Shadowed calls that say something: a broken candidate counts against parity. */
  public long compared() {
    return matched + ignored + mismatched + broken;
  }

  /** The share of compared calls that agree, from 0 to 1; 0 without any. */
  public double parity() {
    return compared() == 0 ? 0 : (double) (matched + ignored) / compared();
  }

  /** What the parity is at least, with 97.5 % confidence. */
  public double parityLowerBound() {
    return Wilson.lowerBound(matched + ignored, compared());
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
