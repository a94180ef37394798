package dev.banyan.lua.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;

/** Keys from passwords, made slow: PBKDF2 of RFC 8018. */
public final class Stretching {
  private Stretching() {}

  /** A key of this length. */
  public static byte[] pbkdf2(Hash hash, byte[] password, byte[] salt, int rounds, int length) {
    Mac mac = hash.mac(password);
    int size = mac.getMacLength();
    byte[] out = new byte[Math.ceilDiv(length, size) * size];
    for (int at = 0; at < length; at += size) {
      mac.update(salt);
      byte[] block = mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(at / size + 1).array());
      byte[] all = block.clone();
      for (int i = 1; i < rounds; i++) {
        block = mac.doFinal(block);
        for (int j = 0; j < size; j++) {
          all[j] ^= block[j];
        }
      }
      System.arraycopy(all, 0, out, at, size);
    }
    return Arrays.copyOf(out, length);
  }
}
