package dev.banyan.server.traces;

/**
 * Immutable: what became of spans.
 *
 * @param exported the collector has taken them
 * @param shed the queue was full
 * @param failed the collector could not be reached, or refused them
 */
public record TraceCounts(long exported, long shed, long failed) {
  /** While nothing is traced. */
  public static final TraceCounts NONE = new TraceCounts(0, 0, 0);
}
