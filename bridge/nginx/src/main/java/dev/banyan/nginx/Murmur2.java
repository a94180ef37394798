package dev.banyan.nginx;

/** The 32-bit MurmurHash2 with seed 0 and the length mixed in, over octets. */
final class Murmur2 {
  private static final int M = 0x5bd1e995;

  private Murmur2() {}

  static int hash(String octets) {
    int length = octets.length();
    int h = length;
    int at = 0;
    for (; length - at >= 4; at += 4) {
      int k =
          octets.charAt(at)
              | octets.charAt(at + 1) << 8
              | octets.charAt(at + 2) << 16
              | octets.charAt(at + 3) << 24;
      k *= M;
      k ^= k >>> 24;
      k *= M;
      h *= M;
      h ^= k;
    }
    int rest = length - at;
    if (rest > 0) {
      for (int i = rest - 1; i >= 0; i--) {
        h ^= octets.charAt(at + i) << (8 * i);
      }
      h *= M;
    }
    h ^= h >>> 13;
    h *= M;
    return h ^ h >>> 15;
  }
}
