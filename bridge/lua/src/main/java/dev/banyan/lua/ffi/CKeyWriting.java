package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.KeyForms;
import dev.banyan.lua.crypto.PemKeys;
import dev.banyan.lua.crypto.RawSignature;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's keys written, looked into, and signatures in one step. */
final class CKeyWriting {
  private static final int NOT_FOR_THIS = -2;
  private static final long WORK = 1 << 16;

  /** Gives octets, or fails as Java's keys do. */
  private interface Writer {
    Optional<byte[]> write(CKey key) throws GeneralSecurityException;
  }

  private CKeyWriting() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "PEM_write_bio_PrivateKey", 7, CKeyWriting::privatePem);
    CFunction.put(all, "PEM_write_bio_PUBKEY", 2, c -> written(c, key -> known(key, "PUBLIC KEY")));
    CFunction.put(all, "i2d_PrivateKey_bio", 2, c -> written(c, CKeyWriting::traditional));
    CFunction.put(
        all, "i2d_PUBKEY_bio", 2, c -> written(c, key -> key.known().map(Key::getEncoded)));
    CFunction.put(all, "d2i_PrivateKey_bio", 2, CKeyWriting::read);
    CFunction.put(all, "EVP_PKEY_get_bits", 1, c -> c.result(c.object(1, CKey.class).bits()));
    CFunction.put(all, "EVP_PKEY_get0_provider", 1, COpenSsl::provider);
    CFunction.put(all, "EVP_PKEY_get_default_digest_nid", 2, CKeyWriting::usualHash);
    CFunction.put(all, "EVP_PKEY_get_raw_private_key", 3, c -> raw(c, CKeyWriting::secretOctets));
    CFunction.put(all, "EVP_PKEY_get_raw_public_key", 3, c -> raw(c, CKeyWriting::knownOctets));
    CFunction.put(
        all, "EVP_PKEY_get0_RSA", 1, c -> isRsa(c) ? c.result(c.pointer(1)) : c.nullResult());
    CFunction.put(all, "EVP_DigestSign", 5, CKeyWriting::sign);
    CFunction.put(all, "EVP_DigestVerify", 5, CKeyWriting::verify);
    CFunction.put(all, "EVP_SignFinal", 4, CKeyWriting::signHashed);
    CFunction.put(all, "EVP_VerifyFinal", 4, CKeyWriting::verifyHashed);
    return all;
  }

  // ---- writing

  private static LuaValue privatePem(CArguments c) {
    if (!c.pointer(3).isNull()) {
      throw LuaErrors.raise("keys are not written locked by a password here");
    }
    return written(
        c,
        key -> {
          PrivateKey secret = key.secret().orElse(null);
          return secret == null
              ? Optional.empty()
              : Optional.of(KeyForms.pem("PRIVATE KEY", KeyForms.modern(secret)));
        });
  }

  private static Optional<byte[]> known(CKey key, String kind) throws GeneralSecurityException {
    return key.known().map(known -> KeyForms.pem(kind, known.getEncoded()));
  }

  private static Optional<byte[]> traditional(CKey key) throws GeneralSecurityException {
    PrivateKey secret = key.secret().orElse(null);
    return secret == null ? Optional.empty() : Optional.of(KeyForms.traditional(secret));
  }

  private static LuaValue written(CArguments c, Writer writer) {
    try {
      Optional<byte[]> octets = writer.write(c.object(2, CKey.class));
      boolean done = octets.isPresent() && c.object(1, CBio.class).write(octets.get());
      return c.result(done ? 1 : 0);
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  private static LuaValue read(CArguments c) {
    byte[] der = CKeys.content(c);
    return PemKeys.derPrivateKey(der)
        .map(key -> c.made(new CKey(key)))
        .orElseGet(() -> {
          c.objects().fail(CFault.UNSUPPORTED);
          return c.nullResult();
        });
  }

  // ---- looking into

  private static boolean isRsa(CArguments c) {
    return c.object(1, CKey.class).kind() == CKey.RSA;
  }

  private static LuaValue usualHash(CArguments c) {
    int kind = c.object(1, CKey.class).kind();
    if (kind == CKey.ED25519 || kind == CKey.ED448) {
      return c.result(0); // it has one of its own, which isn't told
    }
    if (kind != CKey.RSA && kind != CKey.ELLIPTIC) {
      return c.result(NOT_FOR_THIS);
    }
    c.storeLength(2, CNumbers.of(Hash.SHA256.name()));
    return c.result(1);
  }

  /** The octets that end the encoding, of a curve that has no other form. */
  private static Optional<byte[]> end(CKey key, Optional<? extends Key> half) {
    int length =
        switch (key.kind()) {
          case CKey.ED25519, CKey.X25519 -> 32;
          case CKey.ED448 -> 57;
          case CKey.X448 -> 56;
          default -> 0;
        };
    return half.map(Key::getEncoded)
        .filter(octets -> length > 0)
        .map(octets -> Arrays.copyOfRange(octets, octets.length - length, octets.length));
  }

  private static Optional<byte[]> secretOctets(CKey key) {
    return end(key, key.secret());
  }

  private static Optional<byte[]> knownOctets(CKey key) throws GeneralSecurityException {
    return end(key, key.known());
  }

  private static LuaValue raw(CArguments c, Writer writer) {
    try {
      Optional<byte[]> octets = writer.write(c.object(1, CKey.class));
      if (octets.isEmpty()) {
        return c.result(0);
      }
      boolean wanted = !c.pointer(2).isNull();
      boolean fits = !wanted || c.sizeAt(3) >= octets.get().length;
      if (wanted && fits) {
        c.store(c.pointer(2), octets.get());
      }
      c.storeSize(3, octets.get().length);
      return c.result(fits ? 1 : 0);
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  // ---- signatures

  private static LuaValue sign(CArguments c) {
    CDigestContext context = c.object(1, CDigestContext.class);
    if (c.pointer(2).isNull()) {
      c.storeSize(3, context.signatureSize());
      return c.result(1);
    }
    c.burn(WORK);
    Optional<byte[]> signature =
        context.update(c.counted(4, 5)) ? context.signed(c.objects().random) : Optional.empty();
    if (signature.isEmpty()) {
      context.faults().forEach(c.objects()::fail);
      return c.result(0);
    }
    c.store(c.pointer(2), signature.get());
    c.storeSize(3, signature.get().length);
    return c.result(1);
  }

  private static LuaValue verify(CArguments c) {
    CDigestContext context = c.object(1, CDigestContext.class);
    c.burn(WORK);
    boolean right = context.update(c.counted(4, 5)) && context.verified(c.counted(2, 3));
    return c.result(right ? 1 : 0);
  }

  /** What is signed of what a context has hashed; empty for a key of another kind. */
  private static Optional<byte[]> toBeSigned(CArguments c, CKey key) {
    return c.object(1, CDigestContext.class)
        .soFar()
        .filter(hashed -> key.kind() == CKey.RSA || key.kind() == CKey.ELLIPTIC)
        .map(hashed ->
            key.kind() == CKey.RSA
                ? RawSignature.named(hashed.hash(), hashed.octets())
                : hashed.octets());
  }

  private static LuaValue signHashed(CArguments c) {
    CKey key = c.object(4, CKey.class);
    Optional<byte[]> octets = toBeSigned(c, key);
    PrivateKey secret = key.secret().orElse(null);
    if (octets.isEmpty() || secret == null) {
      return c.result(0);
    }
    c.burn(WORK);
    try {
      c.storeWithLength(2, RawSignature.sign(secret, octets.get()), 3);
      return c.result(1);
    } catch (GeneralSecurityException | ProviderException e) {
      return c.result(0);
    }
  }

  private static LuaValue verifyHashed(CArguments c) {
    CKey key = c.object(4, CKey.class);
    Optional<byte[]> octets = toBeSigned(c, key);
    c.burn(WORK);
    try {
      PublicKey known = key.known().orElse(null);
      boolean right =
          octets.isPresent()
              && known != null
              && RawSignature.verify(known, octets.get(), c.counted(2, 3));
      return c.result(right ? 1 : 0);
    } catch (GeneralSecurityException | ProviderException e) {
      return c.result(0); // it isn't even of that form
    }
  }
}
