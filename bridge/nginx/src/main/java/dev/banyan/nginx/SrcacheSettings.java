package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a location keeps by subrequests, by the rules of the srcache module.
 *
 * @param fetch where what is kept is asked for; null for nowhere
 * @param store where answers are sent to be kept; null for nowhere
 * @param fetchSkip whether nothing is asked for; null for never
 * @param storeSkip whether nothing is kept; null for never
 * @param maxSize the octets of an answer that is kept; 0 for any number
 * @param statuses what is kept; empty for the module's own
 * @param methods of requests that are looked at
 * @param requestControl whether a client may refuse what is kept
 * @param responseControl whether an answer may refuse to be kept
 * @param storePrivate whether {@code private} is no refusal
 * @param storeNoStore whether {@code no-store} is no refusal
 * @param storeNoCache whether {@code no-cache} is no refusal
 * @param storeRanges whether a part of a whole is kept
 * @param ignoreEncoding whether a compressed answer is kept
 * @param defaultExpire of answers that don't tell theirs
 * @param maxExpire the longest of all; zero for none
 * @param headerBuffer the octets of a line that is kept
 * @param hidden the fields that aren't kept, in lower case
 */
public record SrcacheSettings(
    @Nullable Call fetch,
    @Nullable Call store,
    @Nullable Template fetchSkip,
    @Nullable Template storeSkip,
    long maxSize,
    Set<Integer> statuses,
    Set<String> methods,
    boolean requestControl,
    boolean responseControl,
    boolean storePrivate,
    boolean storeNoStore,
    boolean storeNoCache,
    boolean storeRanges,
    boolean ignoreEncoding,
    Duration defaultExpire,
    Duration maxExpire,
    long headerBuffer,
    Set<String> hidden) {
  public SrcacheSettings {
    statuses = Set.copyOf(statuses);
    methods = Set.copyOf(methods);
    hidden = Set.copyOf(hidden);
  }

  /** A subrequest as it is written; its arguments are null where none are. */
  public record Call(String method, Template location, @Nullable Template args) {}

  /** Whether anything is looked for or kept. */
  public boolean used() {
    return fetch != null || store != null;
  }
}
