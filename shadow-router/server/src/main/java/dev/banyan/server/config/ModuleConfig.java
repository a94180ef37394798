package dev.banyan.server.config;

import dev.banyan.api.FailMode;
import dev.banyan.host.CallRules;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.parity.ParityRule;
import java.util.List;

/**
 * Immutable: one module of {@code modules}.
 *
 * @param rules what its port's calls may take, and what follows when one fails
 * @param initial the flag while nobody has set another
 * @param stickyKeys variables, without their {@code $}
 * @param parityRules differences that are known and let pass
 * @param comparesLog whether its lines in the error log are compared in shadow
 * @param line where it is configured
 */
public record ModuleConfig(
    String name,
    CallRules rules,
    ModuleFlag initial,
    List<String> stickyKeys,
    List<ParityRule> parityRules,
    boolean comparesLog,
    int line) {
  /** Copies the lists. */
  public ModuleConfig {
    stickyKeys = List.copyOf(stickyKeys);
    parityRules = List.copyOf(parityRules);
  }

  /** What a failure of its port means. */
  public FailMode failMode() {
    return rules.failMode();
  }
}
