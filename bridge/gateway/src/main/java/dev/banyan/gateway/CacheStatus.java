package dev.banyan.gateway;

/** What {@code $upstream_cache_status} says. */
enum CacheStatus {
  MISS,
  BYPASS,
  EXPIRED,
  STALE,
  UPDATING,
  REVALIDATED,
  HIT
}
