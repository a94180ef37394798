package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's hashes: each by functions of its own, and all of them by {@code EVP_}. */
final class CDigests {
  private CDigests() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    for (Hash hash : Hash.values()) {
      String name = hash.name();
      CFunction.put(all, name + "_Init", 1, c -> begin(c, hash));
      CFunction.put(all, name + "_Update", 3, CDigests::update);
      CFunction.put(all, name + "_Final", 2, CDigests::end);
      CFunction.put(all, name, 3, c -> whole(c, hash));
      CFunction.put(all, "EVP_" + hash.openssl(), 0, c -> c.result(c.objects().constant(hash)));
    }
    CFunction.put(all, "EVP_get_digestbyname", 1, CDigests::named);
    CFunction.put(all, "EVP_MD_fetch", 3, CDigests::fetched);
    CFunction.put(all, "EVP_MD_get_size", 1, c -> c.result(c.object(1, Hash.class).length()));
    CFunction.put(
        all, "EVP_MD_get_type", 1, c -> c.result(CNumbers.of(c.object(1, Hash.class).name())));
    CFunction.put(all, "EVP_MD_CTX_new", 0, c -> c.made(new CDigestContext()));
    CFunction.put(all, "EVP_MD_CTX_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "EVP_DigestInit_ex", 3, CDigests::beginContext);
    CFunction.put(all, "EVP_DigestUpdate", 3, CDigests::updateContext);
    CFunction.put(all, "EVP_DigestFinal_ex", 3, CDigests::endContext);
    return all;
  }

  /** The hash that an argument stands for; empty for NULL. */
  static Optional<Hash> hash(CArguments c, int index) {
    return c.objects().at(c.pointer(index), Hash.class);
  }

  private static LuaValue named(CArguments c) {
    return Hash.named(c.text(1))
        .map(hash -> c.result(c.objects().constant(hash)))
        .orElseGet(c::nullResult);
  }

  private static LuaValue fetched(CArguments c) {
    String name = c.text(2);
    Optional<Hash> hash = name.startsWith("RSA-") ? Optional.empty() : Hash.named(name);
    if (hash.isEmpty()) {
      c.objects().fail(CFault.NOT_FETCHED);
      return c.nullResult();
    }
    return c.result(c.objects().constant(hash.get()));
  }

  private static LuaValue begin(CArguments c, Hash hash) {
    c.objects().bind(c.pointer(1), hash.digest());
    return c.result(1);
  }

  private static LuaValue update(CArguments c) {
    c.object(1, MessageDigest.class).update(c.counted(2, 3));
    return c.result(1);
  }

  private static LuaValue end(CArguments c) {
    c.store(c.pointer(1), c.object(2, MessageDigest.class).digest());
    return c.result(1);
  }

  private static LuaValue whole(CArguments c, Hash hash) {
    byte[] octets = hash.digest().digest(c.counted(1, 2));
    PointerData to = c.pointer(3);
    if (to.isNull()) {
      return c.result(new PointerData(to.ctype(), Memory.of(octets, 0, octets.length), 0));
    }
    c.store(to, octets);
    return c.result(to);
  }

  private static LuaValue beginContext(CArguments c) {
    return c.result(c.object(1, CDigestContext.class).hash(hash(c, 2)) ? 1 : 0);
  }

  private static LuaValue updateContext(CArguments c) {
    return c.result(c.object(1, CDigestContext.class).update(c.counted(2, 3)) ? 1 : 0);
  }

  private static LuaValue endContext(CArguments c) {
    Optional<byte[]> hashed = c.object(1, CDigestContext.class).hashed();
    hashed.ifPresent(octets -> c.storeWithLength(2, octets, 3));
    return c.result(hashed.isPresent() ? 1 : 0);
  }
}
