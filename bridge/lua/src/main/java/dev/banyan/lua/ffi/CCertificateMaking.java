package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.CertificateDraft;
import dev.banyan.lua.crypto.DerExtensions;
import dev.banyan.lua.crypto.DerExtensions.Extension;
import dev.banyan.lua.crypto.DerName;
import dev.banyan.lua.crypto.PemKeys;
import dev.banyan.lua.ffi.CSubjects.Text;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.luaj.vm2.LuaValue;

/**
 * OpenSSL's {@code X509} as it is made: a draft until it is signed, when its place stands for a
 * certificate. One that is changed becomes a draft again.
 */
final class CCertificateMaking {
  private static final long WORK = 1 << 16;
  private static final int MOST_EXTENSIONS = 100;
  private static final Instant NEVER = Instant.EPOCH;

  private CCertificateMaking() {}

  /**
   * A draft, and its times, which are changed where they lie.
   *
   * @param what the rest of it
   * @param times from when on it is valid, and until when
   */
  record Draft(CertificateDraft what, PointerData[] times) {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>(CCertificates.functions());
    all.putAll(CSubjects.functions());
    all.putAll(CKeys.functions());
    drafted(all, "X509_get_version", (c, draft) -> c.result(draft.what.version));
    drafted(all, "X509_get0_serialNumber", CCertificateMaking::serial);
    drafted(all, "X509_get_serialNumber", CCertificateMaking::serial);
    drafted(all, "X509_get0_notBefore", (c, draft) -> c.result(draft.times[0]));
    drafted(all, "X509_get0_notAfter", (c, draft) -> c.result(draft.times[1]));
    drafted(all, "X509_get_subject_name", (c, draft) -> c.made(draft.what.subject));
    drafted(all, "X509_get_issuer_name", (c, draft) -> c.made(draft.what.issuer));
    drafted(all, "X509_get_ext_count", (c, d) -> c.result(d.what.extensions.size()));
    drafted(all, "X509_get_ext", (c, draft) -> CLists.at(c, draft.what.extensions));
    drafted(all, "X509_get_ext_by_NID", CCertificateMaking::index);
    drafted(all, "X509_get_pubkey", CCertificateMaking::draftKey);
    all.keySet().removeIf(name -> !name.startsWith("X509_get"));
    CFunction.put(all, "X509_new", 0, c -> c.made(draft(c, new CertificateDraft(), NEVER, NEVER)));
    CFunction.put(all, "X509_dup", 1, CCertificateMaking::copy);
    CFunction.put(all, "X509_getm_notBefore", 1, c -> c.result(at(c).times[0]));
    CFunction.put(all, "X509_getm_notAfter", 1, c -> c.result(at(c).times[1]));
    CFunction.put(all, "X509_set_version", 2, c -> set(c, draft -> draft.version = c.integer(2)));
    CFunction.put(all, "X509_set_serialNumber", 2, c -> set(c, draft -> draft.serial = number(c)));
    CFunction.put(all, "X509_set_subject_name", 2, c -> set(c, draft -> draft.subject = name(c)));
    CFunction.put(all, "X509_set_issuer_name", 2, c -> set(c, draft -> draft.issuer = name(c)));
    CFunction.put(all, "X509_set1_notBefore", 2, c -> setTime(c, 0));
    CFunction.put(all, "X509_set1_notAfter", 2, c -> setTime(c, 1));
    CFunction.put(all, "X509_set_pubkey", 2, CCertificateMaking::setKey);
    CFunction.put(all, "X509_add_ext", 3, CCertificateMaking::add);
    CFunction.put(all, "X509_delete_ext", 2, CCertificateMaking::delete);
    CFunction.put(all, "X509_add1_ext_i2d", 5, CCertificateMaking::addStruct);
    CFunction.put(
        all, "X509_get_ext_d2i", 4, c -> CExtensions.found(c, extensions(c, c.pointer(1))));
    CFunction.put(all, "X509_sign", 3, CCertificateMaking::sign);
    return all;
  }

  /** Lets a function read drafts beside certificates. */
  private static void drafted(
      Map<String, CFunction> all, String name, BiFunction<CArguments, Draft, LuaValue> body) {
    CFunction whole = Objects.requireNonNull(all.get(name));
    CFunction.put(
        all,
        name,
        whole.arity(),
        c ->
            c.objects()
                .at(c.pointer(1), Draft.class)
                .map(draft -> body.apply(c, draft))
                .orElseGet(() -> whole.body().apply(c)));
  }

  private static Draft draft(CArguments c, CertificateDraft what, Instant from, Instant until) {
    PointerData begin = c.objects().create(CCertificates.moment(from));
    PointerData end = c.objects().create(CCertificates.moment(until));
    return new Draft(what, new PointerData[] {begin, end});
  }

  /** The draft that an argument stands for, or stands for from now on. */
  private static Draft at(CArguments c) {
    return c.objects()
        .at(c.pointer(1), Draft.class)
        .orElseGet(() -> {
          X509Certificate certificate = c.object(1, X509Certificate.class);
          try {
            Draft draft =
                draft(
                    c,
                    new CertificateDraft(certificate),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
            c.objects().bind(c.pointer(1), draft);
            return draft;
          } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a decoded certificate can be encoded", e);
          }
        });
  }

  private static LuaValue copy(CArguments c) {
    Optional<Draft> draft = c.objects().at(c.pointer(1), Draft.class);
    return draft.isPresent()
        ? c.made(
            new Draft(
                draft.get().what.copy(),
                new PointerData[] {
                  c.objects().create(time(c, draft.get(), 0)),
                  c.objects().create(time(c, draft.get(), 1))
                }))
        : c.made(c.object(1, X509Certificate.class));
  }

  private static Text time(CArguments c, Draft draft, int which) {
    return c.objects()
        .at(draft.times[which], Text.class)
        .orElseGet(() -> CCertificates.moment(NEVER));
  }

  private interface Change {
    void on(CertificateDraft draft);
  }

  private static LuaValue set(CArguments c, Change change) {
    change.on(at(c).what);
    return c.result(1);
  }

  private static BigInteger number(CArguments c) {
    byte[] octets = c.object(2, Text.class).octets();
    return octets.length == 0 ? BigInteger.ZERO : new BigInteger(octets);
  }

  private static DerName name(CArguments c) {
    return c.object(2, DerName.class);
  }

  private static LuaValue serial(CArguments c, Draft draft) {
    return CSubjects.integer(c, draft.what.serial);
  }

  private static LuaValue setTime(CArguments c, int which) {
    c.objects().bind(at(c).times[which], c.object(2, Text.class));
    return c.result(1);
  }

  private static LuaValue setKey(CArguments c) {
    try {
      Optional<PublicKey> known = c.object(2, CKey.class).known();
      known.ifPresent(key -> at(c).what.key = key);
      return c.result(known.isPresent() ? 1 : 0);
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  /** The key of a certificate or a draft. */
  static Optional<PublicKey> key(CArguments c, PointerData place) {
    return c.objects()
        .at(place, X509Certificate.class)
        .map(X509Certificate::getPublicKey)
        .or(() -> c.objects().at(place, Draft.class).map(draft -> draft.what.key));
  }

  private static LuaValue draftKey(CArguments c, Draft draft) {
    PublicKey key = draft.what.key;
    return key == null ? c.nullResult() : c.made(new CKey(key));
  }

  // ---- extensions

  /** The extensions of a certificate or a draft. */
  static List<Extension> extensions(CArguments c, PointerData place) {
    Optional<X509Certificate> whole = c.objects().at(place, X509Certificate.class);
    try {
      return whole.isPresent()
          ? DerExtensions.of(whole.get())
          : c.objects().at(place, Draft.class).map(d -> d.what.extensions).orElse(List.of());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a decoded certificate can be encoded", e);
    }
  }

  private static LuaValue index(CArguments c, Draft draft) {
    String wanted = CNumbers.dotted((int) c.integer(2));
    return wanted.isEmpty()
        ? c.result(-2)
        : CLists.index(c, draft.what.extensions, Extension::object, wanted);
  }

  private static LuaValue add(CArguments c) {
    List<Extension> all = at(c).what.extensions;
    if (all.size() >= MOST_EXTENSIONS) {
      return c.result(0);
    }
    long at = c.integer(3);
    Extension added = c.object(2, Extension.class);
    all.add(at < 0 || at > all.size() ? all.size() : (int) at, added);
    return c.result(1);
  }

  private static LuaValue delete(CArguments c) {
    List<Extension> all = at(c).what.extensions;
    long at = c.integer(2);
    return at < 0 || at >= all.size() ? c.nullResult() : c.made(all.remove((int) at));
  }

  private static LuaValue addStruct(CArguments c) {
    List<Extension> all = at(c).what.extensions;
    Optional<Extension> made =
        CExtensions.of(c, (int) c.integer(2), c.pointer(3), c.integer(4) != 0);
    boolean added =
        made.isPresent()
            && all.size() < MOST_EXTENSIONS
            && CExtensions.add(all, made.get(), c.integer(5));
    return c.result(added ? 1 : 0);
  }

  // ---- signatures

  private static LuaValue sign(CArguments c) {
    c.burn(WORK);
    CKey key = c.object(2, CKey.class);
    Draft draft = at(c);
    try {
      Optional<Signature> by = key.signature(CDigests.hash(c, 3), false);
      if (by.isEmpty()) {
        return c.result(0);
      }
      Optional<X509Certificate> signed =
          draft
              .what
              .sign(
                  by.get(),
                  key.algorithm(by.get()),
                  moment(time(c, draft, 0)),
                  moment(time(c, draft, 1)))
              .flatMap(PemKeys::derCertificate);
      signed.ifPresent(certificate -> c.objects().bind(c.pointer(1), certificate));
      return c.result(signed.isPresent() ? key.signatureSize() : 0);
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  private static CertificateDraft.Time moment(Text time) {
    return new CertificateDraft.Time(time.tag(), time.octets());
  }
}
