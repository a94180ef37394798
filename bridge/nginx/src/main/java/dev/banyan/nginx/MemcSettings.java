package dev.banyan.nginx;

import java.util.Set;

/**
 * What the memc module answers with.
 *
 * @param allowed {@code memc_cmds_allowed}; empty for all
 * @param flagsAreDates {@code memc_flags_to_last_modified}
 * @param ignoreClientAbort whether memcached is heard out when the client has left
 */
public record MemcSettings(Set<String> allowed, boolean flagsAreDates, boolean ignoreClientAbort) {
  /** Every command that the module knows. */
  public static final Set<String> COMMANDS =
      Set.of(
          "set",
          "add",
          "get",
          "incr",
          "decr",
          "stats",
          "append",
          "delete",
          "replace",
          "prepend",
          "version",
          "flush_all");

  public MemcSettings {
    allowed = Set.copyOf(allowed);
  }
}
