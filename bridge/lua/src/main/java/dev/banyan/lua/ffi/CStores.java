package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.crypto.CertificateChain;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code X509_STORE} of who is trusted, and what verifies by it. */
final class CStores {
  private static final long PARTIAL = 0x80000;
  private static final long ANY_TIME = 0x200000;
  private static final long LISTS = 0x4 | 0x8;
  private static final int MOST = 10_000;
  private static final long WORK = 1 << 16;

  /** What a chain is for, by OpenSSL's names. */
  private static final Map<String, String> PURPOSES =
      Map.of(
          "default", "",
          "ssl_client", "1.3.6.1.5.5.7.3.2",
          "ssl_server", "1.3.6.1.5.5.7.3.1",
          "smime_sign", "1.3.6.1.5.5.7.3.4");

  private static final Map<Long, String> NUMBERED =
      Map.of(1L, "1.3.6.1.5.5.7.3.2", 2L, "1.3.6.1.5.5.7.3.1", 4L, "1.3.6.1.5.5.7.3.4", 7L, "");

  private CStores() {}

  /** Owned by one machine: who is trusted, and how chains are judged. */
  private static final class Store {
    final List<X509Certificate> trusted = new ArrayList<>();
    long flags;
    String purpose = "";
  }

  /** Owned by one machine: one verification. */
  private static final class Verification {
    @Nullable Store store;
    @Nullable X509Certificate first;
    List<X509Certificate> beside = List.of();
    long flags;
    String purpose = "";
    @Nullable CertificateChain chain;
  }

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "X509_STORE_new", 0, c -> c.made(new Store()));
    CFunction.put(all, "X509_STORE_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "X509_STORE_add_cert", 2, CStores::add);
    CFunction.put(all, "X509_STORE_set_flags", 2, CStores::setFlags);
    CFunction.put(all, "X509_STORE_set_purpose", 2, CStores::setPurpose);
    CFunction.put(all, "X509_STORE_CTX_new", 0, c -> c.made(new Verification()));
    CFunction.put(all, "X509_STORE_CTX_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "X509_STORE_CTX_init", 4, CStores::begin);
    CFunction.put(all, "X509_STORE_CTX_set_flags", 2, CStores::setOwnFlags);
    CFunction.put(all, "X509_STORE_CTX_set_default", 2, CStores::setDefault);
    CFunction.put(all, "X509_STORE_CTX_set_purpose", 2, CStores::setOwnPurpose);
    CFunction.put(all, "X509_verify_cert", 1, CStores::verify);
    CFunction.put(all, "X509_STORE_CTX_get_error", 1, c -> c.result(result(c)));
    CFunction.put(all, "X509_STORE_CTX_get_error_depth", 1, CStores::depth);
    CFunction.put(all, "X509_STORE_CTX_get0_chain", 1, CStores::chain);
    CFunction.put(all, "X509_STORE_CTX_get1_chain", 1, CStores::chain);
    CFunction.put(all, "X509_verify_cert_error_string", 1, CStores::words);
    return all;
  }

  private static Verification at(CArguments c) {
    return c.object(1, Verification.class);
  }

  private static LuaValue add(CArguments c) {
    List<X509Certificate> all = c.object(1, Store.class).trusted;
    X509Certificate added = c.object(2, X509Certificate.class);
    if (all.size() >= MOST) {
      return c.result(0);
    }
    if (!all.contains(added)) {
      all.add(added);
    }
    return c.result(1);
  }

  private static long flags(CArguments c) {
    if ((c.integer(2) & LISTS) != 0) {
      throw LuaErrors.raise("lists of revoked certificates are not looked at here");
    }
    return c.integer(2);
  }

  private static LuaValue setFlags(CArguments c) {
    c.object(1, Store.class).flags |= flags(c);
    return c.result(1);
  }

  private static LuaValue setOwnFlags(CArguments c) {
    at(c).flags |= flags(c);
    return LuaValue.NONE;
  }

  private static LuaValue setPurpose(CArguments c) {
    String known = NUMBERED.get(c.integer(2));
    if (known != null) {
      c.object(1, Store.class).purpose = known;
    }
    return c.result(known == null ? 0 : 1);
  }

  private static LuaValue setOwnPurpose(CArguments c) {
    String known = NUMBERED.get(c.integer(2));
    if (known != null) {
      at(c).purpose = known;
    }
    return c.result(known == null ? 0 : 1);
  }

  private static LuaValue setDefault(CArguments c) {
    String known = PURPOSES.get(c.text(2));
    if (known != null) {
      at(c).purpose = known;
    }
    return c.result(known == null ? 0 : 1);
  }

  private static LuaValue begin(CArguments c) {
    Verification begun = at(c);
    begun.store = c.object(2, Store.class);
    begun.first = c.object(3, X509Certificate.class);
    begun.beside =
        CStacks.elements(c, 4).stream()
            .map(each -> c.objects().at(each, X509Certificate.class))
            .flatMap(Optional::stream)
            .toList();
    begun.flags = begun.store.flags;
    begun.purpose = begun.store.purpose;
    begun.chain = null;
    return c.result(1);
  }

  private static LuaValue verify(CArguments c) {
    Verification begun = at(c);
    if (begun.store == null || begun.first == null || begun.chain != null) {
      return c.result(-1);
    }
    c.burn(WORK * (1 + begun.beside.size()));
    Optional<Instant> when =
        (begun.flags & ANY_TIME) == 0 ? Optional.of(Instant.now()) : Optional.empty();
    CertificateChain.Rules rules =
        new CertificateChain.Rules(begun.purpose, (begun.flags & PARTIAL) != 0, when);
    CertificateChain found =
        CertificateChain.of(begun.first, begun.beside, begun.store.trusted, rules);
    begun.chain = found;
    return c.result(found.result() == 0 ? 1 : 0);
  }

  private static long result(CArguments c) {
    CertificateChain chain = at(c).chain;
    return chain == null ? 0 : chain.result();
  }

  private static LuaValue depth(CArguments c) {
    CertificateChain chain = at(c).chain;
    return c.result(chain == null ? 0 : chain.depth());
  }

  private static LuaValue chain(CArguments c) {
    CertificateChain chain = at(c).chain;
    if (chain == null) {
      return c.nullResult();
    }
    List<PointerData> elements = new ArrayList<>();
    chain.certificates().forEach(each -> elements.add(c.objects().create(each)));
    return c.result(CStacks.of(c, elements));
  }

  private static LuaValue words(CArguments c) {
    return c.result(c.literal(CertificateChain.words(c.integer(1))));
  }
}
