package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.cache.CacheZone;
import dev.banyan.nginx.ProxyTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: what was asked of upstream servers and of what is kept of them, for
 * the balancer phase and the {@code $upstream_*} and {@code $proxy_*} variables.
 */
final class UpstreamStates {
  private final List<Try> tries = new ArrayList<>(1);
  private @Nullable Headers headers;
  private @Nullable Headers trailers;
  private int status;
  private @Nullable ProxyRun run;
  private @Nullable ProxyTarget target;
  private boolean passed;
  private @Nullable ProxyTarget written;
  private @Nullable CacheStatus cacheStatus;
  private CacheZone.@Nullable Claim refresh;

  /** One try at a server; times in milliseconds, -1 while unknown. */
  static final class Try {
    final String address;

    /** Whether it began a new series: after an internal redirect. */
    final boolean newSeries;

    int status;
    long connectMillis = -1;
    long headerMillis = -1;
    long responseMillis = -1;
    long responseLength;
    long bytesReceived;
    long bytesSent;

    Try(String address, boolean newSeries) {
      this.address = address;
      this.newSeries = newSeries;
    }
  }

  Try begin(String address, boolean newSeries) {
    Try next = new Try(address, newSeries && !tries.isEmpty());
    tries.add(next);
    return next;
  }

  boolean isEmpty() {
    return tries.isEmpty();
  }

  Try last() {
    return tries.getLast();
  }

  /** The fields of the last answer; null when there was none. */
  @Nullable Headers headers() {
    return headers;
  }

  /** The fields behind the last answer's body; null when there were none. */
  @Nullable Headers trailers() {
    return trailers;
  }

  /** The body of an answer was read, and these fields behind it. */
  void ended(Headers behind) {
    trailers = behind;
  }

  /** The status that belongs to {@link #headers()}: of a cached answer it is that of no try. */
  int status() {
    return status;
  }

  /** An answer's head is there, from an origin or from a cache. */
  void answered(int code, Headers fields) {
    status = code;
    headers = fields;
    trailers = null;
  }

  /** The proxying that runs, or has run. */
  @Nullable ProxyRun run() {
    return run;
  }

  void run(@Nullable ProxyRun runs) {
    run = runs;
  }

  /** The origin of the last {@code proxy_pass}; null before any. */
  @Nullable ProxyTarget target() {
    return target;
  }

  void target(ProxyTarget origin) {
    target = origin;
  }

  /** The request is passed on; null for an address that was computed. */
  void passed(@Nullable ProxyTarget configured) {
    passed = true;
    written = configured;
  }

  /** Whether the request was passed on, to whomever. */
  boolean isPassed() {
    return passed;
  }

  /** The address that the request was passed to last, as the configuration has it. */
  @Nullable ProxyTarget written() {
    return written;
  }

  /** What the cache had for the last {@code proxy_pass}; null where none was asked. */
  @Nullable CacheStatus cacheStatus() {
    return cacheStatus;
  }

  void cacheStatus(@Nullable CacheStatus found) {
    cacheStatus = found;
  }

  /** The right to update what is kept, of a subrequest that does; null for any other. */
  CacheZone.@Nullable Claim refresh() {
    return refresh;
  }

  void refresh(CacheZone.Claim claim) {
    refresh = claim;
  }

  @Nullable String addresses() {
    return join(t -> t.address);
  }

  @Nullable String statuses() {
    return join(t -> t.status == 0 ? "-" : String.valueOf(t.status));
  }

  @Nullable String connectTimes() {
    return join(t -> seconds(t.connectMillis));
  }

  @Nullable String headerTimes() {
    return join(t -> seconds(t.headerMillis));
  }

  @Nullable String responseTimes() {
    return join(t -> seconds(t.responseMillis));
  }

  @Nullable String responseLengths() {
    return join(t -> String.valueOf(t.responseLength));
  }

  @Nullable String bytesReceived() {
    return join(t -> String.valueOf(t.bytesReceived));
  }

  @Nullable String bytesSent() {
    return join(t -> String.valueOf(t.bytesSent));
  }

  private @Nullable String join(Function<Try, String> value) {
    if (tries.isEmpty()) {
      return null;
    }
    if (tries.size() == 1) {
      return value.apply(tries.getFirst());
    }
    StringBuilder out = new StringBuilder();
    for (Try one : tries) {
      if (!out.isEmpty()) {
        out.append(one.newSeries ? " : " : ", ");
      }
      out.append(value.apply(one));
    }
    return out.toString();
  }

  static String seconds(long millis) {
    if (millis < 0) {
      return "-";
    }
    StringBuilder out = new StringBuilder(8);
    out.append(millis / 1000);
    int at = out.length();
    out.append(1000 + millis % 1000).setCharAt(at, '.'); // 1ddd: its first digit is the point
    return out.toString();
  }
}
