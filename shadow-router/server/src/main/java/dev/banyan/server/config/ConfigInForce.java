package dev.banyan.server.config;

import java.util.function.Supplier;

/** For any thread: the configuration in force, to which a reload may add. */
public final class ConfigInForce implements Supplier<BanyanConfig> {
  private volatile BanyanConfig current;

  /** At the start. */
  public ConfigInForce(BanyanConfig first) {
    current = first;
  }

  @Override
  public BanyanConfig get() {
    return current;
  }

  /** Puts another in force. */
  public void replace(BanyanConfig next) {
    current = next;
  }
}
