package dev.banyan.router.parity;

/**
 * Immutable: what measured calls took together. Both sides are measured on the same shadowed calls:
 * the CPU of their thread, and the octets that it allocated.
 *
 * @param calls that were measured
 * @param luaNanos the CPU that they took in Lua
 * @param luaOctets what they allocated in Lua
 * @param javaNanos the CPU that they took in Java
 * @param javaOctets what they allocated in Java
 */
public record CallCost(long calls, long luaNanos, long luaOctets, long javaNanos, long javaOctets) {
  /** Nothing was measured. */
  public static final CallCost NONE = new CallCost(0, 0, 0, 0, 0);

  /** Calls below which a mean says nothing. */
  public static final long ENOUGH = 100;

  /** Both together. */
  public CallCost plus(CallCost other) {
    return new CallCost(
        calls + other.calls,
        luaNanos + other.luaNanos,
        luaOctets + other.luaOctets,
        javaNanos + other.javaNanos,
        javaOctets + other.javaOctets);
  }

  /** What came since an earlier one. */
  public CallCost minus(CallCost earlier) {
    return new CallCost(
        calls - earlier.calls,
        luaNanos - earlier.luaNanos,
        luaOctets - earlier.luaOctets,
        javaNanos - earlier.javaNanos,
        javaOctets - earlier.javaOctets);
  }

  /** Whether enough calls were measured for a mean. */
  public boolean isEnough() {
    return calls >= ENOUGH;
  }

  /** What a call saves on average, in nanoseconds of CPU; negative where Java costs more. */
  public double savedNanos() {
    return calls == 0 ? 0 : (double) (luaNanos - javaNanos) / calls;
  }

  /** What a call saves on average, in octets allocated; negative where Java allocates more. */
  public double savedOctets() {
    return calls == 0 ? 0 : (double) (luaOctets - javaOctets) / calls;
  }
}
