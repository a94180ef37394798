package dev.banyan.lua.ffi;

import java.time.Instant;
import org.luaj.vm2.LuaValue;

/** What C's functions on time tell: as {@code os.time}, the system's. */
final class CTimes {
  private static final int MONOTONIC = 1;
  private static final int NANOS = 1_000_000_000;

  private CTimes() {}

  /** {@code time}. */
  static LuaValue time(CArguments c) {
    long seconds = Instant.now().getEpochSecond();
    PointerData to = c.pointer(1);
    if (!to.isNull()) {
      to.memory.write(to.offset, 8, seconds);
    }
    return c.result(seconds);
  }

  /** {@code gettimeofday}. */
  static LuaValue timeOfDay(CArguments c) {
    Instant now = Instant.now();
    return stored(c, c.pointer(1), now.getEpochSecond(), now.getNano() / 1000);
  }

  /** {@code clock_gettime}. */
  static LuaValue clock(CArguments c) {
    if (c.integer(1) == MONOTONIC) {
      long nanos = System.nanoTime();
      return stored(c, c.pointer(2), Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
    Instant now = Instant.now();
    return stored(c, c.pointer(2), now.getEpochSecond(), now.getNano());
  }

  private static LuaValue stored(CArguments c, PointerData to, long seconds, long part) {
    to.memory.write(to.offset, 8, seconds);
    to.memory.write(to.offset + 8, 8, part);
    return c.result(0);
  }
}
