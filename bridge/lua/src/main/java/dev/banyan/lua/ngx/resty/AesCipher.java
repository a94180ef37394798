package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.crypto.AesMode;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Owned by one worker: AES with one key and initialisation vector. */
final class AesCipher {
  static final int TAG_LENGTH = 16;

  private final AesMode mode;
  private final SecretKeySpec key;
  private final byte[] iv;
  private final boolean padded;

  /** That of what is decrypted next; it stays until there is another one. */
  private byte @Nullable [] tag;

  AesCipher(AesMode mode, byte[] key, byte[] iv, boolean padded) {
    this.mode = mode;
    this.key = new SecretKeySpec(key, "AES");
    this.iv = Arrays.copyOf(iv, mode.authenticated() ? iv.length : mode.ivLength());
    this.padded = padded;
  }

  AesMode mode() {
    return mode;
  }

  void tag(byte[] given) {
    tag = Arrays.copyOf(given, TAG_LENGTH);
  }

  /** Empty when the text does not fit the mode. */
  Optional<byte[]> encrypt(byte[] text, byte[] associated) {
    return run(Cipher.ENCRYPT_MODE, text, associated);
  }

  /** Empty when the text was not encrypted by this key and mode, or has another tag. */
  Optional<byte[]> decrypt(byte[] text, byte[] associated) {
    if (!mode.authenticated()) {
      return run(Cipher.DECRYPT_MODE, text, associated);
    }
    byte[] known = tag;
    if (known == null) {
      return Optional.empty();
    }
    byte[] all = Arrays.copyOf(text, text.length + known.length);
    System.arraycopy(known, 0, all, text.length, known.length);
    return run(Cipher.DECRYPT_MODE, all, associated);
  }

  private Optional<byte[]> run(int direction, byte[] text, byte[] associated) {
    try {
      Cipher cipher = Cipher.getInstance(mode.transformation(padded));
      if (mode == AesMode.ECB) {
        cipher.init(direction, key);
      } else {
        cipher.init(direction, key, parameters());
      }
      if (mode.authenticated()) {
        cipher.updateAAD(associated);
      }
      return Optional.of(cipher.doFinal(text));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private AlgorithmParameterSpec parameters() {
    return mode.authenticated()
        ? new GCMParameterSpec(8 * TAG_LENGTH, iv)
        : new IvParameterSpec(iv);
  }
}
