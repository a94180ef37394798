package dev.banyan.server.config;

import dev.banyan.router.flags.ModuleFlag;
import java.util.List;

/**
 * Immutable: one module of {@code modules}.
 *
 * @param initial the flag while nobody has set another
 * @param stickyKeys variables, without their {@code $}
 * @param line where it is configured
 */
public record ModuleConfig(
    String name, FailMode failMode, ModuleFlag initial, List<String> stickyKeys, int line) {
  /** Copies the keys. */
  public ModuleConfig {
    stickyKeys = List.copyOf(stickyKeys);
  }
}
