package dev.banyan.lua.ngx.re;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets its least recently used entry when it would grow past its bound. */
final class BoundedCache<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private final int bound;

  BoundedCache(int bound) {
    super(16, 0.75f, true);
    this.bound = bound;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > bound;
  }
}
