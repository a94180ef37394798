package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.KeyPairs;
import dev.banyan.lua.crypto.RsaNumbers;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.XECKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by one machine: an {@code EVP_PKEY}, or the {@code RSA} or {@code EC_KEY} for one. */
final class CKey {
  static final int NONE = 0;
  static final int RSA = 6;
  static final int ELLIPTIC = 408;
  static final int X25519 = 1034;
  static final int X448 = 1035;
  static final int ED25519 = 1087;
  static final int ED448 = 1088;

  /** As much as a tag and a length of one octet take. */
  private static final int DER_HEAD = 2;

  private @Nullable Key key;
  private @Nullable ECParameterSpec parameters;

  /** What is known beside a private key, where it was told. */
  private @Nullable PublicKey half;

  /** The numbers that it was made of, where it was made of numbers. */
  private @Nullable RsaNumbers numbers;

  CKey(@Nullable Key key) {
    this.key = key;
  }

  /** A curve without a key on it. */
  static CKey on(ECParameterSpec curve) {
    CKey key = new CKey(null);
    key.parameters = curve;
    return key;
  }

  /** Becomes what another one is. */
  void set(CKey other) {
    key = other.key;
    parameters = other.parameters;
    half = other.half;
    numbers = other.numbers;
  }

  /** Gets the curve that it is on, before a key. */
  void curve(ECParameterSpec curve) {
    parameters = curve;
  }

  /** Gets the private half of an elliptic key. */
  void secret(PrivateKey secret) {
    parameters = curve().orElse(null);
    key = secret;
  }

  /** Gets the public half of an elliptic key, whether it belongs to the private one or not. */
  void known(PublicKey known) {
    parameters = curve().orElse(null);
    half = known;
    key = key instanceof PrivateKey ? key : known;
  }

  /** The numbers of a key of RSA, as far as they are known. */
  RsaNumbers numbers() {
    return numbers == null ? RsaNumbers.of(key) : numbers;
  }

  /** Becomes the key that numbers make, if they do. */
  void numbers(RsaNumbers next) {
    numbers = next;
    key = next.key().orElse(null);
  }

  /** OpenSSL's number of its kind. */
  int kind() {
    return switch (key) {
      case RSAKey _ -> RSA;
      case ECKey _ -> ELLIPTIC;
      case EdECKey edwards -> isSmall(edwards.getParams()) ? ED25519 : ED448;
      case XECKey montgomery -> isSmall(montgomery) ? X25519 : X448;
      case null, default -> numbers != null ? RSA : parameters == null ? NONE : ELLIPTIC;
    };
  }

  private static boolean isSmall(NamedParameterSpec curve) {
    return curve.getName().endsWith("25519");
  }

  private static boolean isSmall(XECKey key) {
    return key.getParams() instanceof NamedParameterSpec named && isSmall(named);
  }

  /** How long a signature by it, or a secret shared by it, is at most. */
  int signatureSize() {
    return switch (kind()) {
      case RSA -> octets(bits());
      case ELLIPTIC -> ellipticSize(bits());
      case ED25519 -> 64;
      case ED448 -> 114;
      case X25519 -> 32;
      case X448 -> 56;
      default -> 0;
    };
  }

  /** Two numbers in DER, which have a sign. */
  private static int ellipticSize(int bits) {
    int numbers = 2 * (DER_HEAD + bits / Byte.SIZE + 1);
    return numbers + DER_HEAD + (numbers > Byte.MAX_VALUE ? 1 : 0);
  }

  /** How long its numbers are. */
  int bits() {
    return switch (kind()) {
      case RSA -> Optional.ofNullable(numbers().n()).map(BigInteger::bitLength).orElse(0);
      case ELLIPTIC -> curve().map(curve -> curve.getOrder().bitLength()).orElse(0);
      case ED25519 -> 256;
      case X25519 -> 253;
      case ED448 -> 456;
      case X448 -> 448;
      default -> 0;
    };
  }

  /** The curve of an elliptic key. */
  Optional<ECParameterSpec> curve() {
    return key instanceof ECKey elliptic
        ? Optional.of(elliptic.getParams())
        : Optional.ofNullable(parameters);
  }

  private static int octets(int bits) {
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Whether there is a key, and not a curve alone. */
  boolean isWhole() {
    return key != null;
  }

  /** The key to sign or decrypt with; empty when it is no private one. */
  Optional<PrivateKey> secret() {
    return key instanceof PrivateKey secret ? Optional.of(secret) : Optional.empty();
  }

  /** The key to verify or encrypt with, which a private key knows too. */
  Optional<PublicKey> known() throws GeneralSecurityException {
    if (half != null) {
      return Optional.of(half);
    }
    return switch (key) {
      case PublicKey known -> Optional.of(known);
      case PrivateKey secret -> KeyPairs.known(secret);
      case null, default -> Optional.empty();
    };
  }

  /** The name of a way to sign that was begun by it: curves of Edwards have one each. */
  String algorithm(Signature begun) {
    return switch (kind()) {
      case ED25519 -> "Ed25519";
      case ED448 -> "Ed448";
      default -> begun.getAlgorithm();
    };
  }

  /** A signature that was begun by it; empty when the key is none for that. */
  Optional<Signature> signature(Optional<Hash> hash, boolean verifying)
      throws GeneralSecurityException {
    String by =
        switch (kind()) {
          case RSA -> hash.map(Hash::name).orElse("SHA256") + "withRSA";
          case ELLIPTIC -> hash.map(Hash::name).orElse("SHA256") + "withECDSA";
          case ED25519, ED448 -> hash.isPresent() ? "" : "EdDSA";
          default -> "";
        };
    if (by.isEmpty()) {
      return Optional.empty();
    }
    Signature signature = Signature.getInstance(by);
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
