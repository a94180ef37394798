package dev.banyan.server.inventory;

import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.Metering;
import dev.banyan.server.config.ConfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: meters what each module of the legacy takes of the live traffic, for some seconds.
 * Nothing costs while it doesn't; what came out last is held until the next time.
 */
public final class LiveUsage implements AutoCloseable {
  /** The longest time. */
  public static final int MOST_SECONDS = 600;

  private final Supplier<Inventory> inventory;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("banyan-usage").factory());
  private volatile @Nullable Gateway gateway;
  private @Nullable Metering metering;
  private long began;
  private Map<String, ModuleUsage> last = Map.of();
  private double seconds;
  private String ended = "";

  /** Of the modules that this inventory names. */
  public LiveUsage(Supplier<Inventory> inventory) {
    this.inventory = inventory;
  }

  /** Tells whose traffic it is. */
  public void serve(Gateway running) {
    gateway = running;
  }

  /**
   * Begins, for so many seconds.
   *
   * @throws CannotMeter with the reason
   * @throws ConfigException when the legacy can't be read
   */
  public synchronized void begin(int wanted) throws CannotMeter {
    if (wanted < 1 || wanted > MOST_SECONDS) {
      throw new CannotMeter(
          "\"seconds\" is " + wanted + ": expected 1 to " + MOST_SECONDS + ", such as 10");
    }
    Gateway running = gateway;
    if (running == null) {
      throw new CannotMeter("nothing can be metered: Banyan has not finished its start");
    }
    if (metering != null) {
      throw new CannotMeter("the traffic is being metered already: wait until that has ended");
    }
    List<String> names = inventory.get().modules().stream().map(LegacyModule::name).toList();
    Metering begun = running.meter(names);
    metering = begun;
    began = System.nanoTime();
    timer.schedule(() -> end(begun, "its time is over"), wanted, TimeUnit.SECONDS);
  }

  /** Whether it is under way. */
  public synchronized boolean isOpen() {
    return metering != null;
  }

  /** The workers were replaced by such that aren't metered. */
  public synchronized void reloaded() {
    Metering going = metering;
    if (going != null && going.isPast()) {
      end(going, "the configuration was reloaded");
    }
  }

  private synchronized void end(Metering one, String why) {
    if (!one.equals(metering)) {
      return;
    }
    metering = null;
    seconds = (System.nanoTime() - began) / 1e9;
    last = ModuleUsage.of(one.end(), seconds);
    ended = why;
  }

  /** What came out last: the state, how long it took, and each module's usage. */
  public synchronized Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("state", metering != null ? "measuring" : ended.isEmpty() ? "never" : "ended");
    tree.put("ended", ended);
    tree.put("seconds", seconds);
    Map<String, Object> modules = new LinkedHashMap<>();
    last.forEach((name, usage) -> modules.put(name, usage.tree()));
    tree.put("modules", modules);
    return tree;
  }

  @Override
  public synchronized void close() {
    timer.shutdownNow();
    Metering going = metering;
    if (going != null) {
      end(going, "Banyan stops");
    }
  }
}
