package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by one machine: an {@code EVP_PKEY}, or the {@code RSA} or {@code EC_KEY} for one. */
final class CKey {
  static final int NONE = 0;
  static final int RSA = 6;
  static final int ELLIPTIC = 408;

  /** As much as the lengths in an elliptic signature take. */
  private static final int DER_HEADS = 8;

  private @Nullable Key key;

  CKey(@Nullable Key key) {
    this.key = key;
  }

  /** Becomes what another one is. */
  void set(CKey other) {
    key = other.key;
  }

  /** OpenSSL's number of its kind. */
  int kind() {
    return switch (key) {
      case RSAKey _ -> RSA;
      case ECKey _ -> ELLIPTIC;
      case null, default -> NONE;
    };
  }

  /** How long a signature by it is at most. */
  int signatureSize() {
    return switch (key) {
      case RSAKey rsa -> octets(rsa.getModulus().bitLength());
      case ECKey elliptic -> 2 * octets(elliptic.getParams().getOrder().bitLength()) + DER_HEADS;
      case null, default -> 0;
    };
  }

  /** The curve of an elliptic key. */
  Optional<ECParameterSpec> curve() {
    return key instanceof ECKey elliptic ? Optional.of(elliptic.getParams()) : Optional.empty();
  }

  private static int octets(int bits) {
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** The key to sign or decrypt with; empty when it is no private one. */
  Optional<PrivateKey> secret() {
    return key instanceof PrivateKey secret ? Optional.of(secret) : Optional.empty();
  }

  /** The key to verify or encrypt with, which a private key of RSA knows too. */
  Optional<PublicKey> known() throws GeneralSecurityException {
    return switch (key) {
      case PublicKey known -> Optional.of(known);
      case RSAPrivateCrtKey rsa ->
          Optional.of(
              KeyFactory.getInstance("RSA")
                  .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())));
      case null, default -> Optional.empty();
    };
  }

  /** A signature that was begun by it; empty when the key is none for that. */
  Optional<Signature> signature(Hash hash, boolean verifying) throws GeneralSecurityException {
    if (kind() == NONE) {
      return Optional.empty();
    }
    Signature signature =
        Signature.getInstance(hash.name() + (kind() == RSA ? "withRSA" : "withECDSA"));
    if (verifying) {
      Optional<PublicKey> known = known();
      if (known.isPresent()) {
        signature.initVerify(known.get());
        return Optional.of(signature);
      }
    } else if (key instanceof PrivateKey secret) {
      signature.initSign(secret);
      return Optional.of(signature);
    }
    return Optional.empty();
  }
}
