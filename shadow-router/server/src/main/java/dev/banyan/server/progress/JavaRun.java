package dev.banyan.server.progress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what happened since a module's flag went to java for everyone.
 *
 * @param flagSince when it did
 * @param countedSince since when the calls are counted; later than the flag where that was set
 *     before anything was counted
 * @param javaCalls calls that Java answered
 * @param fallbacks calls for which Java was asked and Lua had to answer
 * @param lastFallback about when the latest was
 */
public record JavaRun(
    Instant flagSince,
    Instant countedSince,
    long javaCalls,
    long fallbacks,
    @Nullable Instant lastFallback) {
  static JavaRun begin(Instant flagSince, Instant now) {
    return new JavaRun(flagSince, now, 0, 0, null);
  }

  JavaRun plus(long java, long fellBack, Instant now) {
    return new JavaRun(
        flagSince,
        countedSince,
        javaCalls + java,
        fallbacks + fellBack,
        fellBack > 0 ? now : lastFallback);
  }
}
