package dev.banyan.server.config;

/**
 * Immutable: how much may be spent on observing.
 *
 * @param threads of the executor
 * @param queue waiting calls; beyond, calls are shed and counted
 * @param niceness how much nicer than the process its threads are: 0 for not at all, 19 at most
 * @param samples mismatches kept of each module
 */
public record ShadowConfig(int threads, int queue, int niceness, int samples) {
  /** What is used unless configured. */
  public static final ShadowConfig DEFAULT = new ShadowConfig(1, 1024, 10, 200);
}
