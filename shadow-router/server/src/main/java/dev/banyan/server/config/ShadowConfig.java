package dev.banyan.server.config;

import java.time.Duration;

/**
 * Immutable: how much may be spent on observing.
 *
 * @param threads of the executor
 * @param queue waiting calls; beyond, calls are shed and counted
 * @param niceness how much nicer than the process its threads are: 0 for not at all, 19 at most
 * @param patience a request that waited longer than this for its worker is not shadowed, but for
 *     one of sixteen; zero for shadowing all
 * @param samples mismatches kept of each module
 */
public record ShadowConfig(int threads, int queue, int niceness, Duration patience, int samples) {
  /** What is used unless configured. */
  public static final ShadowConfig DEFAULT =
      new ShadowConfig(1, 1024, 10, Duration.ofMillis(2), 200);
}
