package dev.banyan.server.inventory;

import dev.banyan.server.config.ConfigException;
import dev.banyan.server.serve.ConfSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For any thread: the legacy's inventory, read anew when it is older than {@link #FRESH}. */
public final class LegacyInventory implements Supplier<Inventory> {
  /** How long an inventory is shown before the files are read again. */
  public static final Duration FRESH = Duration.ofSeconds(30);

  private final ConfSource source;
  private final Clock clock;
  private @Nullable Inventory known;
  private Instant readAt = Instant.EPOCH;

  /** Of this configuration. */
  public LegacyInventory(ConfSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * The inventory; reading it is not for an event loop.
   *
   * @throws ConfigException when the configuration can't be read or parsed
   */
  @Override
  public synchronized Inventory get() {
    Instant now = clock.instant();
    Inventory inventory = known;
    if (inventory == null || Duration.between(readAt, now).abs().compareTo(FRESH) > 0) {
      inventory = Inventory.of(source);
      known = inventory;
      readAt = now;
    }
    return inventory;
  }
}
