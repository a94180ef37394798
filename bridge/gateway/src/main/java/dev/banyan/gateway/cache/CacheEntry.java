package dev.banyan.gateway.cache;

import java.util.ArrayList;
import java.util.List;

/** Owned by its zone, under whose lock alone it is touched: what is known of one key. */
public final class CacheEntry {
  final String hash;
  int uses;
  boolean exists;

  /** Whether something of the present process knows better than the disk whether it exists. */
  boolean known;

  long size;
  long expiresMillis;
  int error;
  long errorUntil;
  boolean updating;
  long lockedUntil;

  /** Who updates it; whoever took over after a lock's age isn't undone by the one before. */
  Object updater = this;

  final List<Runnable> waiting = new ArrayList<>(0);

  CacheEntry(String hash) {
    this.hash = hash;
  }
}
