package dev.banyan.router.flags;

import dev.banyan.api.Mode;
import dev.banyan.api.Way;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: how one module's calls are answered.
 *
 * @param module what the legacy passes to {@code require}
 * @param share who gets Java: a real share in {@code canary}, everybody in {@code java}, else
 *     nobody
 * @param salt what makes this module's buckets its own
 * @param match which requests the flag is about
 */
public record ModuleFlag(String module, Mode mode, Share share, String salt, Match match) {
  /** Checks that the share fits the mode. */
  public ModuleFlag {
    boolean fits =
        switch (mode) {
          case LUA, SHADOW -> share.equals(Share.NONE);
          case CANARY -> true;
          case JAVA -> share.equals(Share.ALL);
        };
    if (!fits) {
      throw new IllegalArgumentException("share " + share + " doesn't fit mode " + mode.label());
    }
  }

  /** A module that Lua answers. */
  public static ModuleFlag lua(String module) {
    return new ModuleFlag(module, Mode.LUA, Share.NONE, module, Match.ALL);
  }

  /** The same module in another mode; {@code share} counts in {@code canary} only. */
  public ModuleFlag to(Mode next, Share nextShare, Match nextMatch) {
    Share fitting =
        switch (next) {
          case LUA, SHADOW -> Share.NONE;
          case CANARY -> nextShare;
          case JAVA -> Share.ALL;
        };
    return new ModuleFlag(module, next, fitting, salt, nextMatch);
  }

  /**
   * Who answers a user in this bucket, if the request is meant at all.
   *
   * <p>In a canary, who doesn't get Java is observed: parity keeps being measured on the others.
   */
  public Way wayOf(int bucket) {
    return switch (mode) {
      case LUA -> Way.LUA;
      case SHADOW -> Way.SHADOW;
      case CANARY -> share.includes(bucket) ? Way.JAVA : Way.SHADOW;
      case JAVA -> Way.JAVA;
    };
  }

  /** Who answers every request alike; null where that depends on the request. */
  public @Nullable Way wayOfAll() {
    return switch (mode) {
      case LUA -> Way.LUA;
      case SHADOW -> match.isAll() ? Way.SHADOW : null;
      case CANARY -> null;
      case JAVA -> match.isAll() ? Way.JAVA : null;
    };
  }

  /** Whether Java answers every request. */
  public boolean isJavaForAll() {
    return wayOfAll() == Way.JAVA;
  }

  /** In words: {@code canary 5% (tenant=acme)}. */
  public String summary() {
    String stage = mode == Mode.CANARY ? "canary " + share : mode.label();
    return match.isAll() ? stage : stage + " (" + match + ")";
  }
}
