package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.PemKeys;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's keys and certificates, read from memory, and signatures by them. */
final class CKeys {
  private static final long WORK_OF_A_SIGNATURE = 1 << 16;

  private CKeys() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    for (String free : new String[] {"RSA_free", "EC_KEY_free"}) {
      CFunction.put(all, free, 1, c -> c.result(1));
    }
    CFunction.put(all, "EVP_PKEY_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "X509_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "PEM_read_bio_RSAPrivateKey", 4, c -> privateKey(c, CKey.RSA));
    CFunction.put(all, "PEM_read_bio_ECPrivateKey", 4, c -> privateKey(c, CKey.ELLIPTIC));
    CFunction.put(all, "PEM_read_bio_PrivateKey", 4, c -> privateKey(c, CKey.NONE));
    CFunction.put(
        all,
        "PEM_read_bio_PUBKEY",
        4,
        c -> key(c, PemKeys.publicKey(content(c)).map(CKey::new), CFault.UNSUPPORTED));
    CFunction.put(
        all,
        "d2i_PUBKEY_bio",
        2,
        c -> key(c, PemKeys.derPublicKey(content(c)).map(CKey::new), CFault.UNSUPPORTED));
    CFunction.put(
        all,
        "PEM_read_bio_X509",
        4,
        c -> key(c, PemKeys.certificate(content(c)), CFault.NO_START_LINE));
    CFunction.put(
        all, "d2i_X509_bio", 2, c -> key(c, PemKeys.derCertificate(content(c)), CFault.WRONG_TAG));
    CFunction.put(all, "X509_get_pubkey", 1, CKeys::keyOfCertificate);
    CFunction.put(all, "X509_digest", 4, CKeys::fingerprint);
    CFunction.put(all, "i2d_X509", 2, CKeys::encoded);
    CFunction.put(all, "EVP_PKEY_new", 0, c -> c.made(new CKey(null)));
    CFunction.put(all, "EVP_PKEY_set1_RSA", 2, CKeys::set);
    CFunction.put(all, "EVP_PKEY_set1_EC_KEY", 2, CKeys::set);
    CFunction.put(all, "EVP_PKEY_get_base_id", 1, c -> c.result(c.object(1, CKey.class).kind()));
    CFunction.put(
        all, "EVP_PKEY_get_size", 1, c -> c.result(c.object(1, CKey.class).signatureSize()));
    CFunction.put(all, "RSA_size", 1, c -> c.result(c.object(1, CKey.class).signatureSize()));
    CFunction.put(all, "EVP_DigestSignInit", 5, c -> begin(c, false));
    CFunction.put(all, "EVP_DigestVerifyInit", 5, c -> begin(c, true));
    CFunction.put(all, "EVP_DigestSignFinal", 3, CKeys::signed);
    CFunction.put(all, "EVP_DigestVerifyFinal", 3, CKeys::verified);
    return all;
  }

  /** What was written and not read yet; a reader takes all of it. */
  static byte[] content(CArguments c) {
    return c.object(1, CBio.class).takeAll();
  }

  /** A private key of a kind, or of any; one that is locked by a password can't be read. */
  private static LuaValue privateKey(CArguments c, int kind) {
    Optional<CKey> key = PemKeys.privateKey(content(c)).map(CKey::new);
    if (key.isEmpty() || kind == CKey.NONE || key.get().kind() == kind) {
      return key(c, key, CFault.UNSUPPORTED);
    }
    return key(c, Optional.empty(), kind == CKey.RSA ? CFault.NO_RSA_KEY : CFault.NO_ELLIPTIC_KEY);
  }

  private static <T> LuaValue key(CArguments c, Optional<T> object, CFault otherwise) {
    if (object.isEmpty()) {
      c.objects().fail(otherwise);
      return c.nullResult();
    }
    return c.made(object.get());
  }

  private static LuaValue keyOfCertificate(CArguments c) {
    PublicKey key = c.object(1, X509Certificate.class).getPublicKey();
    return c.made(new CKey(key));
  }

  private static byte[] der(CArguments c) {
    try {
      return c.object(1, X509Certificate.class).getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was decoded can be encoded", e);
    }
  }

  private static LuaValue fingerprint(CArguments c) {
    Optional<Hash> hash = CDigests.hash(c, 2);
    hash.ifPresent(known -> c.storeWithLength(3, known.digest().digest(der(c)), 4));
    return c.result(hash.isPresent() ? 1 : 0);
  }

  private static LuaValue encoded(CArguments c) {
    byte[] der = der(c);
    c.storeEncoded(2, der);
    return c.result(der.length);
  }

  private static LuaValue set(CArguments c) {
    c.object(1, CKey.class).set(c.object(2, CKey.class));
    return c.result(1);
  }

  private static LuaValue begin(CArguments c, boolean verifying) {
    CDigestContext context = c.object(1, CDigestContext.class);
    CKey key = c.object(5, CKey.class);
    Optional<CKeyContext> begun = context.sign(CDigests.hash(c, 3), key, verifying);
    PointerData place = c.pointer(2);
    if (begun.isPresent() && !place.isNull()) {
      c.storePointerAt(c.objects().create(begun.get()), place.memory, place.offset);
    }
    return c.result(begun.isPresent() ? 1 : 0);
  }

  private static LuaValue signed(CArguments c) {
    CDigestContext context = c.object(1, CDigestContext.class);
    if (c.pointer(2).isNull()) {
      c.storeSize(3, context.signatureSize());
      return c.result(1);
    }
    c.burn(WORK_OF_A_SIGNATURE);
    Optional<byte[]> signature = context.signed(c.objects().random);
    if (signature.isEmpty()) {
      context.faults().forEach(c.objects()::fail);
    }
    signature.ifPresent(octets -> {
      c.store(c.pointer(2), octets);
      c.storeSize(3, octets.length);
    });
    return c.result(signature.isPresent() ? 1 : 0);
  }

  private static LuaValue verified(CArguments c) {
    c.burn(WORK_OF_A_SIGNATURE);
    boolean right = c.object(1, CDigestContext.class).verified(c.counted(2, 3));
    return c.result(right ? 1 : 0);
  }
}
