package dev.banyan.server.progress;

import org.jspecify.annotations.Nullable;

/**
 * Immutable: what measured calls took together. Both sides are measured on shadowed calls: the CPU
 * of their thread, and the octets that it allocated.
 *
 * @param luaCalls calls of Lua that were measured
 * @param luaNanos the CPU that they took
 * @param luaOctets what they allocated
 * @param javaCalls calls of the port that were measured
 * @param javaNanos the CPU that they took
 * @param javaOctets what they allocated
 */
public record CallCost(
    long luaCalls, long luaNanos, long luaOctets, long javaCalls, long javaNanos, long javaOctets) {
  /** Nothing was measured. */
  public static final CallCost NONE = new CallCost(0, 0, 0, 0, 0, 0);

  /** Calls of each side below which a mean says nothing. */
  public static final long ENOUGH = 100;

  CallCost plus(CallCost other) {
    return new CallCost(
        luaCalls + other.luaCalls,
        luaNanos + other.luaNanos,
        luaOctets + other.luaOctets,
        javaCalls + other.javaCalls,
        javaNanos + other.javaNanos,
        javaOctets + other.javaOctets);
  }

  CallCost minus(CallCost other) {
    return new CallCost(
        luaCalls - other.luaCalls,
        luaNanos - other.luaNanos,
        luaOctets - other.luaOctets,
        javaCalls - other.javaCalls,
        javaNanos - other.javaNanos,
        javaOctets - other.javaOctets);
  }

  CallCost withoutJava() {
    return new CallCost(luaCalls, luaNanos, luaOctets, 0, 0, 0);
  }

  /** Whether both sides were measured often enough to be compared. */
  public boolean isEnough() {
    return luaCalls >= ENOUGH && javaCalls >= ENOUGH;
  }

  /** Nanoseconds of CPU that a call of Lua takes on average; null when too few were measured. */
  public @Nullable Double luaMean() {
    return luaCalls < ENOUGH ? null : (double) luaNanos / luaCalls;
  }

  /** The same of the port. */
  public @Nullable Double javaMean() {
    return javaCalls < ENOUGH ? null : (double) javaNanos / javaCalls;
  }
}
