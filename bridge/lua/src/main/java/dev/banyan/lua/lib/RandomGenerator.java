package dev.banyan.lua.lib;

/**
 * Owned by one machine: a Tausworthe generator of period 2^223, the kind LuaJIT uses, so that a
 * seeded sequence is the same on both.
 */
final class RandomGenerator {
  private static final int[] KEEP = {63, 58, 55, 47};
  private static final int[] SHIFT = {31, 19, 24, 21};
  private static final int[] CROSS = {45, 30, 48, 39};
  private static final int[] STEP = {18, 28, 7, 8};

  private final long[] state = new long[4];

  RandomGenerator() {
    seed(0);
  }

  void seed(double seed) {
    double d = seed;
    int live = 0x11090601;
    for (int i = 0; i < 4; i++) {
      long minimum = 1L << (live & 255);
      live >>>= 8;
      d = d * Math.PI + Math.E;
      long bits = Double.doubleToRawLongBits(d);
      if (Long.compareUnsigned(bits, minimum) < 0) {
        bits += minimum;
      }
      state[i] = bits;
    }
    for (int i = 0; i < 10; i++) {
      step();
    }
  }

  /** The next number in [0, 1). */
  double next() {
    long bits = (step() & 0x000fffffffffffffL) | 0x3ff0000000000000L;
    return Double.longBitsToDouble(bits) - 1.0;
  }

  private long step() {
    long result = 0;
    for (int i = 0; i < 4; i++) {
      long z = state[i];
      int k = KEEP[i];
      z = (((z << SHIFT[i]) ^ z) >>> CROSS[i]) ^ ((z & (-1L << (64 - k))) << STEP[i]);
      result ^= z;
      state[i] = z;
    }
    return result;
  }
}
