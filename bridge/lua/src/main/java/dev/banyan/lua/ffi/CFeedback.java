package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.AesMode;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Owned by one machine: a text under AES with feedback by blocks, of which every byte comes out at
 * once. The JDK keeps what is no whole block for the end.
 */
final class CFeedback {
  private static final int BLOCK = 16;

  private final Cipher blocks;
  private final boolean ofText;
  private final boolean encrypts;
  private final byte[] register;
  private byte[] stream = new byte[BLOCK];
  private int used = BLOCK;

  CFeedback(AesMode mode, byte[] key, byte[] iv, boolean encrypts) throws GeneralSecurityException {
    this.blocks = Cipher.getInstance(AesMode.ECB.transformation(false));
    blocks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    this.ofText = mode == AesMode.CFB128;
    this.encrypts = encrypts;
    this.register = iv.clone();
  }

  /** Whether a mode is one of these. */
  static boolean has(AesMode mode) {
    return mode == AesMode.CFB128 || mode == AesMode.OFB;
  }

  /** What a piece of the text becomes. */
  byte[] update(byte[] text) {
    byte[] out = new byte[text.length];
    for (int i = 0; i < text.length; i++) {
      if (used == BLOCK) {
        stream = blocks.update(register);
        used = 0;
      }
      out[i] = (byte) (text[i] ^ stream[used]);
      byte hidden = encrypts ? out[i] : text[i];
      register[used] = ofText ? hidden : stream[used];
      used++;
    }
    return out;
  }
}
