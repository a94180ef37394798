package dev.banyan.gateway.cache;

import dev.banyan.api.Headers;

/**
 * What is kept of an answer beside its body.
 *
 * @param key the text of its key
 * @param vary the value of Vary; empty for none
 * @param variant the hash of the variant that it is; empty without Vary
 * @param fields the origin's own
 */
public record CachedHead(
    String key,
    Freshness freshness,
    String vary,
    String variant,
    int status,
    String statusLine,
    Headers fields) {
  /** The same with another freshness. */
  public CachedHead with(Freshness other) {
    return new CachedHead(key, other, vary, variant, status, statusLine, fields);
  }
}
