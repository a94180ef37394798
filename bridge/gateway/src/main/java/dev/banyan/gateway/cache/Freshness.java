package dev.banyan.gateway.cache;

/**
 * For how long an answer may be used, in seconds.
 *
 * @param validUntil the last second of the epoch in which it is fresh; 0 for one that never was
 * @param whileUpdating for how long after it may be used while a new one is fetched
 * @param onError for how long after it may be used when none can be fetched
 */
public record Freshness(long validUntil, long whileUpdating, long onError) {
  /** Whether it is fresh in this second of the epoch. */
  public boolean fresh(long now) {
    return validUntil >= now;
  }

  /** Whether it may still be used in this second while a new one is fetched. */
  public boolean usableWhileUpdating(long now) {
    return validUntil + whileUpdating >= now;
  }

  /** Whether it may still be used in this second when none can be fetched. */
  public boolean usableOnError(long now) {
    return validUntil + onError >= now;
  }
}
