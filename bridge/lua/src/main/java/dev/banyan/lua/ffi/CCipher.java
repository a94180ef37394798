package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.AesMode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one machine: an {@code EVP_CIPHER_CTX}, which gets what it works with piece by piece.
 */
final class CCipher {
  private static final int BLOCK = 16;

  private @Nullable Kind kind;
  private byte @Nullable [] key;
  private byte[] iv = new byte[BLOCK];
  private boolean padded = true;
  private boolean encrypts;
  private @Nullable Cipher cipher;
  private long seen;

  /** A cipher and the size of its keys: what an {@code EVP_CIPHER} is. */
  record Kind(AesMode mode, int bits) {
    int keyLength() {
      return bits / 8;
    }
  }

  void padded(boolean padded) {
    this.padded = padded;
  }

  /** How long the key is that {@link #begin} takes; 0 before there is a kind. */
  int keyLength(Optional<Kind> next) {
    Kind known = next.orElse(kind);
    return known == null ? 0 : known.keyLength();
  }

  /** How long its initialisation vector is. */
  int ivLength(Optional<Kind> next) {
    Kind known = next.orElse(kind);
    return known == null ? 0 : known.mode().ivLength();
  }

  /** Begins a text; what isn't given stays as it was. False when there is no cipher yet. */
  boolean begin(
      boolean encrypting, Optional<Kind> next, byte @Nullable [] key, byte @Nullable [] iv)
      throws GeneralSecurityException {
    if (next.isPresent()) {
      kind = next.get();
      this.key = null;
    }
    Kind known = kind;
    if (known == null) {
      return false;
    }
    encrypts = encrypting;
    if (iv != null) {
      this.iv = iv;
    } else if (known.mode() == AesMode.CTR && key == null) {
      count();
    }
    if (key != null) {
      this.key = key;
    }
    start(known);
    return true;
  }

  /** A counter goes on where it was, at the next whole block. */
  private void count() {
    BigInteger next = new BigInteger(1, iv).add(BigInteger.valueOf((seen + BLOCK - 1) / BLOCK));
    byte[] octets = next.toByteArray();
    byte[] counter = new byte[BLOCK];
    for (int i = 1; i <= Math.min(BLOCK, octets.length); i++) {
      counter[BLOCK - i] = octets[octets.length - i];
    }
    iv = counter;
  }

  private void start(Kind known) throws GeneralSecurityException {
    seen = 0;
    byte[] used = key;
    if (used == null) {
      cipher = null;
      return;
    }
    Cipher fresh = Cipher.getInstance(known.mode().transformation(padded));
    int direction = encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    SecretKeySpec secret = new SecretKeySpec(used, "AES");
    if (known.mode() == AesMode.ECB) {
      fresh.init(direction, secret);
    } else {
      fresh.init(direction, secret, new IvParameterSpec(iv));
    }
    cipher = fresh;
  }

  /** What a piece of the text becomes; empty without a key. */
  Optional<byte[]> update(byte[] text) {
    Cipher running = cipher;
    if (running == null) {
      return Optional.empty();
    }
    seen += text.length;
    byte[] out = running.update(text);
    return Optional.of(out == null ? new byte[0] : out);
  }

  /** The rest; empty when that is no whole block, or its padding is wrong. */
  Optional<byte[]> end() {
    Cipher running = cipher;
    Kind known = kind;
    if (running == null || known == null) {
      return Optional.empty();
    }
    boolean wantsPadding = padded && known.mode().blocks() && !encrypts;
    if (wantsPadding && seen == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(running.doFinal());
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
