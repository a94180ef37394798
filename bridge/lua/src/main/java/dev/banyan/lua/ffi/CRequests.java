package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.DerExtensions.Extension;
import dev.banyan.lua.crypto.DerName;
import dev.banyan.lua.crypto.KeyForms;
import dev.banyan.lua.crypto.PemKeys;
import dev.banyan.lua.crypto.SigningRequest;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code X509_REQ}. */
final class CRequests {
  private static final long WORK = 1 << 16;
  private static final int MOST_EXTENSIONS = 100;

  private CRequests() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "X509_REQ_new", 0, c -> c.made(new SigningRequest()));
    CFunction.put(all, "X509_REQ_new_ex", 2, c -> c.made(new SigningRequest()));
    CFunction.put(all, "X509_REQ_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "X509_REQ_dup", 1, c -> c.made(at(c, 1).copy()));
    CFunction.put(all, "X509_REQ_get_version", 1, c -> c.result(at(c, 1).version));
    CFunction.put(all, "X509_REQ_set_version", 2, CRequests::setVersion);
    CFunction.put(all, "X509_REQ_get_subject_name", 1, c -> c.made(at(c, 1).subject));
    CFunction.put(all, "X509_REQ_set_subject_name", 2, CRequests::setSubject);
    CFunction.put(all, "X509_REQ_get_pubkey", 1, CRequests::key);
    CFunction.put(all, "X509_REQ_set_pubkey", 2, CRequests::setKey);
    CFunction.put(all, "X509_REQ_check_private_key", 2, CRequests::belongs);
    CFunction.put(all, "X509_REQ_get_extensions", 1, CRequests::extensions);
    CFunction.put(all, "X509_REQ_add_extensions", 2, CRequests::add);
    CFunction.put(all, "X509_REQ_get_attr_count", 1, c -> c.result(at(c, 1).extensions.size()));
    CFunction.put(all, "X509_REQ_delete_attr", 2, CRequests::delete);
    CFunction.put(all, "X509_ATTRIBUTE_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "i2d_re_X509_REQ_tbs", 2, c -> c.result(1));
    CFunction.put(all, "X509_REQ_sign", 3, CRequests::sign);
    CFunction.put(all, "X509_REQ_verify", 2, CRequests::verify);
    CFunction.put(all, "X509_REQ_get_signature_nid", 1, CRequests::algorithm);
    CFunction.put(
        all, "PEM_read_bio_X509_REQ", 4, c -> read(c, PemKeys.request(CKeys.content(c)), true));
    CFunction.put(all, "d2i_X509_REQ_bio", 2, c -> read(c, Optional.of(CKeys.content(c)), false));
    CFunction.put(all, "PEM_write_bio_X509_REQ", 2, c -> written(c, true));
    CFunction.put(all, "i2d_X509_REQ_bio", 2, c -> written(c, false));
    return all;
  }

  private static SigningRequest at(CArguments c, int index) {
    return c.object(index, SigningRequest.class);
  }

  private static LuaValue setVersion(CArguments c) {
    at(c, 1).version = c.integer(2);
    return c.result(1);
  }

  private static LuaValue setSubject(CArguments c) {
    at(c, 1).subject = c.object(2, DerName.class);
    return c.result(1);
  }

  private static LuaValue key(CArguments c) {
    PublicKey key = at(c, 1).key;
    return key == null ? c.nullResult() : c.made(new CKey(key));
  }

  private static LuaValue setKey(CArguments c) {
    try {
      Optional<PublicKey> known = c.object(2, CKey.class).known();
      known.ifPresent(key -> at(c, 1).key = key);
      return c.result(known.isPresent() ? 1 : 0);
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  private static LuaValue belongs(CArguments c) {
    try {
      PublicKey own = at(c, 1).key;
      PublicKey known = c.object(2, CKey.class).known().orElse(null);
      if (own == null || known == null) {
        c.objects().fail(CFault.KEYS_DIFFER);
        return c.result(0);
      }
      boolean same = Arrays.equals(own.getEncoded(), known.getEncoded());
      if (!same) {
        boolean oneKind = own.getAlgorithm().equals(known.getAlgorithm());
        c.objects().fail(oneKind ? CFault.KEYS_DIFFER : CFault.KINDS_DIFFER);
      }
      return c.result(same ? 1 : 0);
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  // ---- extensions

  private static LuaValue extensions(CArguments c) {
    List<PointerData> found = new ArrayList<>();
    if (!at(c, 1).extensions.isEmpty()) {
      at(c, 1).extensions.getFirst().forEach(each -> found.add(c.objects().create(each)));
    }
    return c.result(CStacks.of(c, found));
  }

  private static LuaValue add(CArguments c) {
    List<Extension> given =
        CStacks.elements(c, 2).stream()
            .map(each -> c.objects().at(each, Extension.class))
            .flatMap(Optional::stream)
            .toList();
    List<List<Extension>> all = at(c, 1).extensions;
    if (!all.isEmpty() || given.size() >= MOST_EXTENSIONS) { // there is one such attribute
      return c.result(0);
    }
    all.add(given);
    return c.result(1);
  }

  private static LuaValue delete(CArguments c) {
    List<List<Extension>> all = at(c, 1).extensions;
    long at = c.integer(2);
    return at < 0 || at >= all.size() ? c.nullResult() : c.made(all.remove((int) at));
  }

  // ---- signatures

  private static LuaValue sign(CArguments c) {
    c.burn(WORK);
    CKey key = c.object(2, CKey.class);
    try {
      Optional<Signature> by = key.signature(CDigests.hash(c, 3), false);
      if (by.isEmpty() || !at(c, 1).sign(by.get(), key.algorithm(by.get()))) {
        return c.result(0);
      }
      return c.result(key.signatureSize());
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  private static LuaValue verify(CArguments c) {
    c.burn(WORK);
    try {
      Optional<PublicKey> known = c.object(2, CKey.class).known();
      return c.result(known.isPresent() && at(c, 1).isSignedBy(known.get()) ? 1 : 0);
    } catch (InvalidKeyException e) {
      return c.result(-1); // of another kind
    } catch (GeneralSecurityException e) {
      return c.result(0); // by another key
    }
  }

  private static LuaValue algorithm(CArguments c) {
    return c.result(CNumbers.ofDotted(at(c, 1).algorithm()));
  }

  // ---- as octets

  private static LuaValue read(CArguments c, Optional<byte[]> der, boolean pem) {
    Optional<SigningRequest> request = der.flatMap(SigningRequest::of);
    if (request.isEmpty()) {
      c.objects().fail(pem && der.isEmpty() ? CFault.NO_START_LINE : CFault.WRONG_TAG);
      return c.nullResult();
    }
    return c.made(request.get());
  }

  private static LuaValue written(CArguments c, boolean pem) {
    Optional<byte[]> der = c.object(2, SigningRequest.class).der();
    if (der.isEmpty()) {
      return c.result(0);
    }
    byte[] octets = pem ? KeyForms.pem("CERTIFICATE REQUEST", der.get()) : der.get();
    return c.result(c.object(1, CBio.class).write(octets) ? 1 : 0);
  }
}
