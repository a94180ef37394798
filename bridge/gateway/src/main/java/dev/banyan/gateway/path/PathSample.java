package dev.banyan.gateway.path;

import dev.banyan.gateway.seam.Traffic;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a request that the old path has served, ready to be run dry.
 *
 * @param request facts that tell it apart, for people; not yet redacted
 * @param nanos how long it took, from its beginning to its end
 * @param traffic what kind of traffic it belongs to
 * @param whole the request as it came; null when nobody wants it
 * @param dryRun runs it, once; whatever it throws is a fault of the dry run
 */
public record PathSample(
    Map<String, String> request,
    long nanos,
    Traffic traffic,
    @Nullable WholeRequest whole,
    Supplier<PathFinding> dryRun) {
  /** Copies the facts. */
  public PathSample {
    request = new TreeMap<>(request);
  }
}
