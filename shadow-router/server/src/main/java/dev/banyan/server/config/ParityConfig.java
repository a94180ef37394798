package dev.banyan.server.config;

import dev.banyan.router.parity.ParitySettings;
import java.util.List;

/**
 * Immutable: how parity is measured.
 *
 * @param classKeys variables, without {@code $}, that tell classes of traffic apart beside route,
 *     method and decision
 * @param target the parity that every class has to have at least, above 0 and below 1
 */
public record ParityConfig(List<String> classKeys, double target) {
  /** What is used unless configured. */
  public static final ParityConfig DEFAULT =
      new ParityConfig(List.of(), ParitySettings.DEFAULT_TARGET);

  /** Copies the keys. */
  public ParityConfig {
    classKeys = List.copyOf(classKeys);
  }
}
