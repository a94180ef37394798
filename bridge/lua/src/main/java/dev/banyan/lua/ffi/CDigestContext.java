package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by one machine: an {@code EVP_MD_CTX}: it hashes, signs or verifies, once it is told. */
final class CDigestContext {
  private @Nullable Hash hash;
  private @Nullable MessageDigest digest;
  private @Nullable Signature signature;
  private @Nullable CKeyContext key;

  /** That of the text which is signed by PSS. */
  private @Nullable MessageDigest text;

  /** Begins a hash; without one, that of before. False when there is none. */
  boolean hash(Optional<Hash> next) {
    Hash known = next.orElse(hash);
    if (known == null) {
      return false;
    }
    hash = known;
    digest = known.digest();
    signature = null;
    text = null;
    return true;
  }

  /** Begins a signature; what it answers tells of the padding. Empty when the key is not fit. */
  Optional<CKeyContext> sign(Optional<Hash> with, CKey by, boolean verifying) {
    try {
      signature = by.signature(with, verifying).orElse(null);
    } catch (GeneralSecurityException | ProviderException e) {
      signature = null;
    }
    hash = with.orElse(Hash.SHA256);
    key = new CKeyContext(by, verifying ? CKeyContext.Use.VERIFY : CKeyContext.Use.SIGN);
    digest = null;
    text = null;
    return signature == null ? Optional.empty() : Optional.of(key);
  }

  /** Goes on with either. False when neither was begun. */
  boolean update(byte[] octets) {
    MessageDigest hashing = digest;
    Signature signing = signature;
    if (hashing != null) {
      hashing.update(octets);
      return true;
    }
    if (signing == null) {
      return false;
    }
    if (pss().isPresent()) {
      salted().update(octets);
      return true;
    }
    try {
      signing.update(octets);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** What tells of a padding by PSS; empty for any other. */
  private Optional<CKeyContext> pss() {
    return Optional.ofNullable(key).filter(CKeyContext::pss);
  }

  private MessageDigest salted() {
    MessageDigest running = text == null ? Objects.requireNonNull(hash).digest() : text;
    text = running;
    return running;
  }

  /** The hash; empty when none was begun. */
  Optional<byte[]> hashed() {
    MessageDigest hashing = digest;
    digest = null;
    return Optional.ofNullable(hashing).map(MessageDigest::digest);
  }

  /**
   * What has been hashed so far, by a hash that may go on.
   *
   * @param hash the hash
   * @param octets what it gives
   */
  record Hashed(Hash hash, byte[] octets) {}

  /** What was hashed so far; empty when no hash was begun. */
  Optional<Hashed> soFar() {
    MessageDigest hashing = digest;
    Hash known = hash;
    if (hashing == null || known == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Hashed(known, ((MessageDigest) hashing.clone()).digest()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK can't copy a hash under way", e);
    }
  }

  /** How long a signature is at most. */
  int signatureSize() {
    return key == null ? 0 : key.key().signatureSize();
  }

  /** The signature; empty when none was begun. */
  Optional<byte[]> signed(SecureRandom random) {
    Signature signing = signature;
    Hash known = hash;
    if (signing == null || known == null) {
      return Optional.empty();
    }
    try {
      return pss().isPresent()
          ? pss().get().signed(known, salted().digest(), random)
          : Optional.of(signing.sign());
    } catch (GeneralSecurityException | ProviderException e) {
      return Optional.empty();
    }
  }

  /** Why there is no signature. */
  List<CFault> faults() {
    return pss().isPresent() ? List.of(CFault.TOO_LARGE, CFault.RSA) : List.of();
  }

  /** Whether a signature is right. */
  boolean verified(byte[] octets) {
    Signature verifying = signature;
    Hash known = hash;
    if (verifying == null || known == null) {
      return false;
    }
    try {
      return pss().isPresent()
          ? pss().get().verified(known, salted().digest(), octets)
          : verifying.verify(octets);
    } catch (GeneralSecurityException | ProviderException e) {
      return false; // it isn't even of that form
    }
  }
}
