package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.RawSignature;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;

/** Signs and verifies octets as they are, with the padding and the hash that a context was told. */
record CRawSigner(CKeyContext context) {
  /** A signature of octets; empty when they can't be signed so. */
  Optional<byte[]> signed(byte[] octets, SecureRandom random) {
    PrivateKey secret = context.key().secret().orElse(null);
    Optional<byte[]> text = text(octets);
    boolean partial = context.bare() && octets.length != context.key().signatureSize();
    if (secret == null || text.isEmpty() || partial) {
      return Optional.empty();
    }
    try {
      if (context.pss()) {
        return context.signed(hash(), octets, random);
      }
      return Optional.of(
          context.bare()
              ? crypt(Cipher.ENCRYPT_MODE, secret, "NoPadding", octets)
              : RawSignature.sign(secret, text.get()));
    } catch (GeneralSecurityException | ProviderException e) {
      return Optional.empty();
    }
  }

  /** Whether a signature is that of octets. */
  boolean verified(byte[] octets, byte[] signature) {
    Optional<byte[]> text = text(octets);
    try {
      Optional<PublicKey> known = context.key().known();
      if (known.isEmpty() || text.isEmpty()) {
        return false;
      }
      if (context.pss()) {
        return context.verified(hash(), octets, signature);
      }
      return context.bare()
          ? recovered(signature).filter(signed -> Arrays.equals(signed, octets)).isPresent()
          : RawSignature.verify(known.get(), text.get(), signature);
    } catch (GeneralSecurityException | ProviderException e) {
      return false; // it isn't even of that form
    }
  }

  /** What a signature by RSA was made of. */
  Optional<byte[]> recovered(byte[] signature) {
    try {
      Optional<PublicKey> known = context.key().known();
      if (known.isEmpty() || context.pss()) {
        return Optional.empty();
      }
      String padding = context.bare() ? "NoPadding" : "PKCS1Padding";
      byte[] text = crypt(Cipher.DECRYPT_MODE, known.get(), padding, signature);
      return context.hash().isEmpty() ? Optional.of(text) : unnamed(text);
    } catch (GeneralSecurityException | ProviderException e) {
      return Optional.empty();
    }
  }

  private Hash hash() {
    return context.hash().orElse(Hash.SHA1);
  }

  /** What is signed: by RSA and a hash that was told, the hash with its name. */
  private Optional<byte[]> text(byte[] octets) {
    boolean hashed = context.pss() || context.hash().isPresent();
    if (context.key().kind() != CKey.RSA || !hashed) {
      return Optional.of(octets);
    }
    return octets.length == hash().length()
        ? Optional.of(RawSignature.named(hash(), octets))
        : Optional.empty();
  }

  private Optional<byte[]> unnamed(byte[] text) {
    int length = hash().length();
    if (text.length < length) {
      return Optional.empty();
    }
    byte[] hashed = Arrays.copyOfRange(text, text.length - length, text.length);
    return Arrays.equals(RawSignature.named(hash(), hashed), text)
        ? Optional.of(hashed)
        : Optional.empty();
  }

  private static byte[] crypt(int direction, Key key, String padding, byte[] octets)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding);
    cipher.init(direction, key);
    return cipher.doFinal(octets);
  }
}
