package dev.banyan.lua.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** A text's authentication by AES, which Java has no name for: RFC 4493. */
public final class Cmac {
  private static final int BLOCK = 16;
  private static final int REDUCTION = 0x87;

  private Cmac() {}

  /** The authentication of a text by a key of 16, 24 or 32 octets. */
  public static byte[] of(byte[] key, byte[] text) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      byte[] whole = doubled(aes.doFinal(new byte[BLOCK]));
      int last = Math.max(0, (text.length - 1) / BLOCK) * BLOCK;
      byte[] chained = new byte[BLOCK];
      for (int at = 0; at < last; at += BLOCK) {
        chained = aes.doFinal(mixed(chained, Arrays.copyOfRange(text, at, at + BLOCK)));
      }
      byte[] end = Arrays.copyOf(Arrays.copyOfRange(text, last, text.length), BLOCK);
      if (text.length - last == BLOCK) {
        end = mixed(end, whole);
      } else {
        end[text.length - last] = (byte) 0x80;
        end = mixed(end, doubled(whole));
      }
      return aes.doFinal(mixed(chained, end));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no AES for " + key.length + " octets", e);
    }
  }

  private static byte[] mixed(byte[] a, byte[] b) {
    byte[] mixed = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      mixed[i] = (byte) (a[i] ^ b[i]);
    }
    return mixed;
  }

  private static byte[] doubled(byte[] block) {
    byte[] doubled = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int below = i + 1 < BLOCK ? (block[i + 1] & 0xff) >> (Byte.SIZE - 1) : 0;
      doubled[i] = (byte) (block[i] << 1 | below);
    }
    if (block[0] < 0) {
      doubled[BLOCK - 1] ^= (byte) REDUCTION;
    }
    return doubled;
  }
}
