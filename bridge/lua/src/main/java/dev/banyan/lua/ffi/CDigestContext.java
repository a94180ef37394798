package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.ProviderException;
import java.security.Signature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by one machine: an {@code EVP_MD_CTX}: it hashes, signs or verifies, once it is told. */
final class CDigestContext {
  private @Nullable Hash hash;
  private @Nullable MessageDigest digest;
  private @Nullable Signature signature;
  private @Nullable CKey key;

  /** Begins a hash; without one, that of before. False when there is none. */
  boolean hash(Optional<Hash> next) {
    Hash known = next.orElse(hash);
    if (known == null) {
      return false;
    }
    hash = known;
    digest = known.digest();
    signature = null;
    return true;
  }

  /** Begins a signature. False when the key is not fit for it. */
  boolean sign(Hash with, CKey by, boolean verifying) {
    try {
      signature = by.signature(with, verifying).orElse(null);
    } catch (GeneralSecurityException | ProviderException e) {
      signature = null;
    }
    hash = with;
    key = by;
    digest = null;
    return signature != null;
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
    try {
      signing.update(octets);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The hash; empty when none was begun. */
  Optional<byte[]> hashed() {
    MessageDigest hashing = digest;
    digest = null;
    return Optional.ofNullable(hashing).map(MessageDigest::digest);
  }

  /** How long a signature is at most. */
  int signatureSize() {
    CKey by = key;
    return by == null ? 0 : by.signatureSize();
  }

  /** The signature; empty when none was begun. */
  Optional<byte[]> signed() {
    Signature signing = signature;
    if (signing == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(signing.sign());
    } catch (GeneralSecurityException | ProviderException e) {
      return Optional.empty();
    }
  }

  /** Whether a signature is right. */
  boolean verified(byte[] octets) {
    Signature verifying = signature;
    if (verifying == null) {
      return false;
    }
    try {
      return verifying.verify(octets);
    } catch (GeneralSecurityException | ProviderException e) {
      return false; // it isn't even of that form
    }
  }
}
