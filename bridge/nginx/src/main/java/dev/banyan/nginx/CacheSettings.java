package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code proxy_cache*} settings of one level.
 *
 * @param zone the name of the zone, {@code off} or empty where it is computed to be none; null for
 *     no cache
 * @param key what an answer is found by; null for the address that is asked
 * @param valid for how long answers are kept that don't say so; the first that fits counts
 * @param methods those whose answers are kept
 * @param minUses how often an answer must have been asked for before it is kept
 * @param bypass any that is neither empty nor {@code 0} passes the cache by
 * @param keepNot any that is neither empty nor {@code 0} lets the answer not be kept
 * @param staleOn failures at which an answer is used that is kept for too long
 * @param staleWhileUpdating whether one is used while another request fetches the new one
 * @param maxRangeOffset up to which start of a range the whole body is fetched; {@link
 *     Long#MAX_VALUE} for no bound
 */
public record CacheSettings(
    @Nullable Template zone,
    @Nullable Template key,
    List<Valid> valid,
    Set<String> methods,
    int minUses,
    List<Template> bypass,
    List<Template> keepNot,
    Set<ProxySettings.NextUpstream> staleOn,
    boolean staleWhileUpdating,
    boolean backgroundUpdate,
    Lock lock,
    boolean revalidate,
    boolean convertHead,
    long maxRangeOffset) {
  /** No cache. */
  public static final CacheSettings NONE =
      new CacheSettings(
          null,
          null,
          List.of(),
          Set.of(),
          1,
          List.of(),
          List.of(),
          Set.of(),
          false,
          false,
          new Lock(false, Duration.ZERO, Duration.ZERO),
          false,
          true,
          Long.MAX_VALUE);

  public CacheSettings {
    valid = List.copyOf(valid);
    methods = Set.copyOf(methods);
    bypass = List.copyOf(bypass);
    keepNot = List.copyOf(keepNot);
    staleOn = Set.copyOf(staleOn);
  }

  /**
   * How long answers of a status are kept.
   *
   * @param status 0 for any
   */
  public record Valid(int status, Duration time) {}

  /** {@code proxy_cache_lock}, {@code proxy_cache_lock_timeout}, {@code proxy_cache_lock_age}. */
  public record Lock(boolean on, Duration timeout, Duration age) {}

  /** For how many seconds an answer of this status is kept that doesn't say so; 0 for not. */
  public long validSeconds(int status) {
    for (Valid one : valid) {
      if (one.status() == 0 || one.status() == status) {
        return one.time().toSeconds();
      }
    }
    return 0;
  }
}
