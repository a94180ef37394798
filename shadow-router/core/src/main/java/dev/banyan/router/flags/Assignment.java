package dev.banyan.router.flags;

import dev.banyan.api.Mode;
import dev.banyan.api.Way;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the request's worker: who answers each module's calls in one request.
 *
 * <p>Decided at a module's first call from the one snapshot that the request is pinned to, then
 * frozen: a flag that changes meanwhile, or a header that the request rewrites, changes nothing.
 */
public final class Assignment {
  private final FlagSnapshot snapshot;
  private final FlagPolicy policy;
  private final Map<String, Way> ways = new HashMap<>(4);

  /** Pins a request to a snapshot. */
  public Assignment(FlagSnapshot snapshot, FlagPolicy policy) {
    this.snapshot = snapshot;
    this.policy = policy;
  }

  /** The version of the flags that this request obeys. */
  public long version() {
    return snapshot.version();
  }

  /**
   * Who answers this module in this request.
   *
   * @param facts the request as it is now; looked at when the module is called first
   */
  public Way way(String module, RequestFacts facts) {
    Way known = ways.get(module);
    if (known != null) {
      return known;
    }
    Way way = decide(module, facts);
    ways.put(module, way);
    return way;
  }

  /** What {@link #way} has decided for this module, or null before its first call. */
  public @Nullable Way known(String module) {
    return ways.get(module);
  }

  /** Who would answer now; what the request's modules change before the first call may count. */
  public Way expected(String module, RequestFacts facts) {
    Way known = ways.get(module);
    return known == null ? decide(module, facts) : known;
  }

  private Way decide(String module, RequestFacts facts) {
    ModulePolicy modulePolicy = policy.module(module);
    ModuleFlag flag = snapshot.flag(module);
    if (modulePolicy == null || !modulePolicy.ported() || flag.mode() == Mode.LUA) {
      return Way.LUA;
    }
    if (!flag.match().holds(facts, policy.tenantVariable())) {
      return Way.LUA;
    }
    return flag.wayOf(Bucket.of(flag.salt(), modulePolicy.stickyKey(facts)));
  }
}
