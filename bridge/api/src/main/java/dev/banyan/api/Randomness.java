package dev.banyan.api;

/** Capability: chance, from the source that Lua draws from too; in shadow the control's draws. */
@FunctionalInterface
public interface Randomness {
  /** A number from 0 up to but not including 1, as {@code math.random()}. */
  double next();

  /** A whole number from {@code low} to {@code high}, as {@code math.random(low, high)}. */
  default long between(long low, long high) {
    return low + (long) Math.floor(next() * (high - low + 1));
  }
}
