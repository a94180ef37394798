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
  private int authenticatedIv;
  private @Nullable CAuthenticated authenticated;
  private @Nullable CFeedback feedback;
  private byte @Nullable [] tag;

  /** A cipher and the size of its keys: what an {@code EVP_CIPHER} is. */
  record Kind(AesMode mode, int bits) {
    int keyLength() {
      return bits / 8;
    }
  }

  /** Whether it encrypts. */
  boolean encrypts() {
    return encrypts;
  }

  /** What it is; empty before that is told. */
  Optional<Kind> kind() {
    return Optional.ofNullable(kind);
  }

  /** How long a block of the text is. */
  int blockSize() {
    return kind == null ? 0 : kind.mode().blocks() ? BLOCK : 1;
  }

  /** Whether the last block is padded; a text that has begun goes on as it did. */
  void padded(boolean next) throws GeneralSecurityException {
    boolean changed = next != padded;
    padded = next;
    if (changed && kind != null && kind.mode().blocks() && cipher != null && seen == 0) {
      start(kind);
    }
  }

  /** How long the key is that {@link #begin} takes; 0 before there is a kind. */
  int keyLength(Optional<Kind> next) {
    Kind known = next.orElse(kind);
    return known == null ? 0 : known.keyLength();
  }

  /** How long its initialisation vector is. */
  int ivLength(Optional<Kind> next) {
    Kind known = next.orElse(kind);
    if (known == null) {
      return 0;
    }
    boolean set = next.isEmpty() && known.mode().authenticated() && authenticatedIv > 0;
    return set ? authenticatedIv : known.mode().ivLength();
  }

  /** Whether its mode has tags. */
  boolean authenticates() {
    return kind != null && kind.mode().authenticated();
  }

  /** Sets how long the initialisation vector is where the mode leaves that open. */
  boolean ivLength(int length) {
    authenticatedIv = length > 0 ? length : authenticatedIv;
    return length > 0;
  }

  /** The tag of what was encrypted; empty before the end, and in other modes. */
  Optional<byte[]> tag() {
    return encrypts ? Optional.ofNullable(tag) : Optional.empty();
  }

  /** Takes the tag of what is decrypted. False while something is encrypted. */
  boolean tag(byte[] given) {
    if (encrypts) {
      return false;
    }
    tag = given;
    return true;
  }

  /** Takes what belongs to the tag alone. False where there is none. */
  boolean associated(byte[] octets) {
    return authenticated != null && authenticated.associated(octets);
  }

  /** Begins a text; what isn't given stays as it was. False when there is no cipher yet. */
  boolean begin(
      boolean encrypting, Optional<Kind> next, byte @Nullable [] key, byte @Nullable [] iv)
      throws GeneralSecurityException {
    if (next.isPresent()) {
      kind = next.get();
      this.key = null;
      authenticatedIv = 0;
      this.iv = new byte[kind.mode().ivLength()];
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
    cipher = null;
    authenticated = null;
    feedback = null;
    if (used == null) {
      return;
    }
    if (known.mode().authenticated()) {
      tag = encrypts ? null : tag;
      authenticated = new CAuthenticated(used, iv, encrypts);
      return;
    }
    if (CFeedback.has(known.mode())) {
      feedback = new CFeedback(known.mode(), used, iv, encrypts);
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
    if (authenticated != null) {
      return updated(authenticated, text);
    }
    if (feedback != null) {
      return Optional.of(feedback.update(text));
    }
    Cipher running = cipher;
    if (running == null) {
      return Optional.empty();
    }
    seen += text.length;
    byte[] out = running.update(text);
    return Optional.of(out == null ? new byte[0] : out);
  }

  private static Optional<byte[]> updated(CAuthenticated running, byte[] text) {
    try {
      return Optional.of(running.update(text));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The end of a text with a tag, which is made or compared. */
  private Optional<byte[]> ended(CAuthenticated running) {
    authenticated = null;
    try {
      boolean right = encrypts || running.fits(Optional.ofNullable(tag));
      tag = encrypts ? running.tag() : tag;
      return right ? Optional.of(new byte[0]) : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** Why there was no rest; empty where OpenSSL doesn't say it. */
  Optional<CFault> why() {
    if (kind == null || !kind.mode().blocks()) {
      return Optional.empty();
    }
    boolean whole = seen % BLOCK == 0 && seen > 0;
    if (whole) {
      return Optional.of(CFault.WRONG_PADDING);
    }
    return Optional.of(encrypts ? CFault.NO_WHOLE_BLOCK : CFault.NO_LAST_BLOCK);
  }

  /** The rest; empty when that is no whole block, or its padding or tag is wrong. */
  Optional<byte[]> end() {
    if (authenticated != null) {
      return ended(authenticated);
    }
    if (feedback != null) {
      return Optional.of(new byte[0]);
    }
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
