package dev.banyan.nginx;

import org.jspecify.annotations.Nullable;

/**
 * A request's path as locations see it.
 *
 * @param path decoded, with dots resolved and, if wanted, slashes merged
 * @param args the part after the question mark, as sent; empty for none
 * @param escaped whether the path as sent held an escape or a plus: captures are escaped in
 *     arguments
 */
public record NormalizedUri(String path, String args, boolean escaped) {
  /** Normalises a raw path and query; null when it is invalid, which is answered by 400. */
  public static @Nullable NormalizedUri of(String raw, boolean mergeSlashes) {
    return UriNormalizer.normalized(raw, mergeSlashes);
  }
}
