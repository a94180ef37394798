package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.lua.LuaVm;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Owned by one worker: nginx's cached time. It stands still while Lua runs and is read anew when
 * Lua is entered, goes on after parking, or asks for it by {@code ngx.update_time}.
 */
public final class WorkerClock {
  private final LuaVm vm;
  private final InstantSource source;
  private long slice = -1;
  private long millis;
  private long begunSlice = -1;
  private long begun;
  private Duration lastDelay = Duration.ZERO;
  private Duration lastLeft = Duration.ZERO;

  /** The clock of a machine. */
  public WorkerClock(LuaVm vm, InstantSource source) {
    this.vm = vm;
    this.source = source;
  }

  /** Milliseconds since the epoch. */
  public long millis() {
    if (vm.slices() != slice) {
      update();
    }
    return millis;
  }

  /** Milliseconds since the machine was started, which nobody can set; cached as the time is. */
  public long monotonicMillis() {
    if (vm.slices() != slice) {
      update();
    }
    return Math.floorDiv(begun, 1_000_000L);
  }

  /**
   * What is left of a delay: as in nginx, a timer counts from the cached time, so that those which
   * one run of Lua makes come in their order, however long it takes. Negative when it is over.
   */
  public Duration left(Duration delay) {
    long now = System.nanoTime();
    boolean same = vm.slices() == begunSlice;
    if (!same) {
      begunSlice = vm.slices();
      begun = now;
    }
    Duration left = delay.minusNanos(now - begun);
    if (same && delay.equals(lastDelay) && left.compareTo(lastLeft) < 0) {
      left = lastLeft; // the loop counts from a later now, which need not be as much later
    }
    lastDelay = delay;
    lastLeft = left;
    return left;
  }

  /** Reads the time anew. */
  public void update() {
    slice = vm.slices();
    millis = source.millis();
    begunSlice = slice;
    begun = System.nanoTime();
    long now = millis;
    Execution.note(vm, Long.BYTES, () -> new Journal.Entry.Time(now));
  }
}
