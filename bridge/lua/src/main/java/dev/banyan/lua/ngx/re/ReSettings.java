package dev.banyan.lua.ngx.re;

/**
 * What the configuration says about {@code ngx.re}.
 *
 * @param cacheEntries {@code lua_regex_cache_max_entries}: patterns kept for option "o"
 * @param matchLimit {@code lua_regex_match_limit}: steps of one match, 0 for the engine's own
 */
public record ReSettings(int cacheEntries, int matchLimit) {
  /** lua-nginx-module's defaults. */
  public static final ReSettings DEFAULT = new ReSettings(1024, 0);
}
