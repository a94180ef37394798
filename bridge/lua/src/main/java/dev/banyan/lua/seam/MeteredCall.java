package dev.banyan.lua.seam;

import dev.banyan.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its machine's thread: one call of a module that is metered. Its clock stands still while
 * another metered call runs inside it, and while its fiber has given the thread away.
 */
final class MeteredCall implements Fiber.Watch {
  private final MeteredModules modules;
  private final MeteredModules.Meter meter;
  private final boolean measured;
  private final @Nullable Fiber fiber;
  private Fiber.@Nullable Watch outerWatch;
  private @Nullable MeteredCall outer;
  private long since;
  private long inside;
  private long own;

  private MeteredCall(MeteredModules modules, MeteredModules.Meter meter) {
    this.modules = modules;
    this.meter = meter;
    this.outer = modules.current();
    this.measured = outer == null ? modules.isTurn() : outer.measured;
    this.fiber = Fiber.currentOrNull();
  }

  static MeteredCall enter(MeteredModules modules, MeteredModules.Meter meter) {
    MeteredCall call = new MeteredCall(modules, meter);
    if (call.fiber != null) {
      call.outerWatch = call.fiber.watch(call);
    }
    modules.current(call);
    call.go();
    return call;
  }

  void leave() {
    stop();
    if (fiber != null) {
      fiber.watch(outerWatch);
    }
    modules.current(outer);
    meter.add(measured, own);
  }

  @Override
  public void suspended() {
    stop();
    modules.current(outer);
    if (outerWatch != null) {
      outerWatch.suspended();
    }
  }

  @Override
  public void resumed() {
    if (outerWatch != null) {
      outerWatch.resumed();
    }
    outer = modules.current();
    modules.current(this);
    go();
  }

  private void go() {
    if (measured) {
      since = CpuMeter.nanos();
    }
  }

  private void stop() {
    if (!measured) {
      return;
    }
    long stretch = CpuMeter.nanos() - since;
    own += stretch - CpuMeter.READING_NANOS - inside;
    inside = 0;
    if (outer != null) {
      outer.inside += stretch + CpuMeter.READING_NANOS;
    }
  }
}
