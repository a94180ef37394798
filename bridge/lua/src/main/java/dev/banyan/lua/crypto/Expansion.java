package dev.banyan.lua.crypto;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.crypto.Mac;

/** Keys from keys: HKDF of RFC 5869, and the pseudo-random function of TLS 1.2. */
public final class Expansion {
  /** How many blocks of a hash HKDF gives at most. */
  public static final int MOST_BLOCKS = 255;

  private Expansion() {}

  /** HKDF's first half: a key of the hash's length. */
  public static byte[] extract(Hash hash, byte[] salt, byte[] key) {
    return hash.mac(salt).doFinal(key);
  }

  /** HKDF's second half; the length is at most {@link #MOST_BLOCKS} blocks. */
  public static byte[] expand(Hash hash, byte[] key, byte[] info, int length) {
    Mac mac = hash.mac(key);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[0];
    for (int i = 1; out.size() < length; i++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) i);
      block = mac.doFinal();
      out.writeBytes(block);
    }
    return Arrays.copyOf(out.toByteArray(), length);
  }

  /** {@code P_hash} of RFC 5246. */
  public static byte[] tls(Hash hash, byte[] secret, byte[] seed, int length) {
    Mac mac = hash.mac(secret);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chained = seed;
    while (out.size() < length) {
      chained = mac.doFinal(chained);
      mac.update(chained);
      out.writeBytes(mac.doFinal(seed));
    }
    return Arrays.copyOf(out.toByteArray(), length);
  }
}
