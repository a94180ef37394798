package dev.banyan.router.flags;

import dev.banyan.api.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what someone asks for; {@link FlagPolicy} decides.
 *
 * @param share the canary's share; null keeps the present one
 * @param match the conditions; null keeps the present ones
 */
public record FlagChange(
    String module,
    Mode mode,
    @Nullable Share share,
    @Nullable Match match,
    String who,
    String why) {
  /** Lua for everyone, from now on. */
  public static FlagChange rollback(String module, String who, String why) {
    return new FlagChange(module, Mode.LUA, null, null, who, why);
  }
}
