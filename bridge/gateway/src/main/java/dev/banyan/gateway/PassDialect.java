package dev.banyan.gateway;

import dev.banyan.nginx.ProxySettings;

/**
 * Owned by its request's loop: the protocol of a directive that hands the whole request to servers,
 * whose answer is the response.
 */
interface PassDialect extends OriginDialect {
  /** How the servers are asked and what becomes of their answer. */
  ProxySettings settings();

  /** What an answer is kept by, where the configuration has no key. */
  String address();

  /** An answer is looked for in a cache, by this key. */
  void looks(String key);

  /** The answer may be kept, so that it is asked for whole. */
  void keeps(CacheVisit visit);

  /** Makes the request that each try sends, before the first one. */
  void prepare();

  /** Whether the absence of a Server or Date that is to be passed on is passed on as well. */
  default boolean passesAbsence() {
    return true;
  }

  /** Takes a Location of an answer into the response: as it is, where nothing rewrites it. */
  default void location(Request r, String name, String value) {
    r.response().headers().add(name, value);
  }

  /** What a Refresh of an answer becomes: itself, where nothing rewrites it. */
  default String refresh(String value) {
    return value;
  }
}
