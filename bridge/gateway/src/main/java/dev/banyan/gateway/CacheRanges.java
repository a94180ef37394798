package dev.banyan.gateway;

import dev.banyan.nginx.CacheSettings;

/** {@code proxy_cache_max_range_offset}. */
final class CacheRanges {
  private static final String UNIT = "bytes=";

  private CacheRanges() {}

  /** Whether the whole body is fetched for a request, which may ask for a range of it. */
  static boolean fetchWhole(Request r, CacheSettings settings) {
    String range = r.headers().first("Range");
    long most = settings.maxRangeOffset();
    if (range == null || most == Long.MAX_VALUE) {
      return true;
    }
    if (most == 0) {
      return false;
    }
    if (range.length() <= UNIT.length() || !range.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return true;
    }
    int start = Octets.afterSpaces(range, UNIT.length());
    int end = start;
    while (end < range.length() && Character.isDigit(range.charAt(end))) {
      end++;
    }
    boolean fromEnd = start < range.length() && range.charAt(start) == '-';
    return !fromEnd && Octets.decimal(range.substring(start, end)) < most;
  }
}
