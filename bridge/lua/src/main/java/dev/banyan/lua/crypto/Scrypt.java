package dev.banyan.lua.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/** scrypt of RFC 7914: a key from a password that costs time and memory. */
public final class Scrypt {
  /** How many numbers a block of Salsa20 has. */
  private static final int WORDS = 16;

  private static final int ROUNDS = 8;

  /** Which numbers of a block a quarter of a round works on. */
  private static final int[][] QUARTERS = {
    {0, 4, 8, 12}, {5, 9, 13, 1}, {10, 14, 2, 6}, {15, 3, 7, 11},
    {0, 1, 2, 3}, {5, 6, 7, 4}, {10, 11, 8, 9}, {15, 12, 13, 14},
  };

  private final int cost;
  private final int size;

  private Scrypt(int cost, int blocks) {
    this.cost = cost;
    this.size = 2 * blocks * WORDS;
  }

  /** How many octets it works on: more than it takes in all. */
  public static long memory(long cost, long blocks, long lanes) {
    return 128 * blocks * (cost + lanes + 2);
  }

  /**
   * A key of this length.
   *
   * @param cost a power of two
   */
  public static byte[] key(
      byte[] password, byte[] salt, int cost, int blocks, int lanes, int length) {
    Scrypt scrypt = new Scrypt(cost, blocks);
    byte[] mixed =
        Stretching.pbkdf2(Hash.SHA256, password, salt, 1, lanes * scrypt.size * Integer.BYTES);
    IntBuffer numbers = ByteBuffer.wrap(mixed).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    for (int lane = 0; lane < lanes; lane++) {
      int[] one = new int[scrypt.size];
      numbers.get(lane * scrypt.size, one);
      numbers.put(lane * scrypt.size, scrypt.mix(one));
    }
    return Stretching.pbkdf2(Hash.SHA256, password, mixed, 1, length);
  }

  private int[] mix(int[] lane) {
    int[] now = lane;
    int[][] seen = new int[cost][];
    for (int i = 0; i < cost; i++) {
      seen[i] = now;
      now = blocks(now);
    }
    for (int i = 0; i < cost; i++) {
      int[] other = seen[now[size - WORDS] & (cost - 1)];
      int[] both = now.clone();
      for (int j = 0; j < size; j++) {
        both[j] ^= other[j];
      }
      now = blocks(both);
    }
    return now;
  }

  /** Blocks each mixed with the one before, the even ones first. */
  private int[] blocks(int[] from) {
    int[] to = new int[size];
    int[] block = Arrays.copyOfRange(from, size - WORDS, size);
    for (int at = 0; at < size; at += WORDS) {
      for (int i = 0; i < WORDS; i++) {
        block[i] ^= from[at + i];
      }
      salsa(block);
      int index = at / WORDS;
      int place = index / 2 + (index % 2 == 0 ? 0 : size / WORDS / 2);
      System.arraycopy(block, 0, to, place * WORDS, WORDS);
    }
    return to;
  }

  private static void salsa(int[] block) {
    int[] x = block.clone();
    for (int round = 0; round < ROUNDS; round += 2) {
      for (int[] q : QUARTERS) {
        x[q[1]] ^= Integer.rotateLeft(x[q[0]] + x[q[3]], 7);
        x[q[2]] ^= Integer.rotateLeft(x[q[1]] + x[q[0]], 9);
        x[q[3]] ^= Integer.rotateLeft(x[q[2]] + x[q[1]], 13);
        x[q[0]] ^= Integer.rotateLeft(x[q[3]] + x[q[2]], 18);
      }
    }
    for (int i = 0; i < WORDS; i++) {
      block[i] += x[i];
    }
  }
}
