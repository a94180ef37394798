package dev.banyan.modules.routing;

import dev.banyan.api.View;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Immutable: how far the tries of a request are, the table that the legacy keeps for itself. */
final class Attempt extends AbstractMap<String, Object> {
  private static final String GROUP = "group";
  private static final String AT = "at";
  private static final String TRIED = "tried";

  private final View group;
  private final double at;
  private final double tried;

  /**
   * An attempt.
   *
   * @param at the place of the origin that is tried, from 1
   * @param tried how many were, this one included
   */
  Attempt(View group, double at, double tried) {
    this.group = group;
    this.at = at;
    this.tried = tried;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (GROUP.equals(key)) {
      return group;
    }
    if (AT.equals(key)) {
      return at;
    }
    return TRIED.equals(key) ? tried : null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return 3;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return Map.<String, Object>of(GROUP, group, AT, at, TRIED, tried).entrySet();
  }
}
