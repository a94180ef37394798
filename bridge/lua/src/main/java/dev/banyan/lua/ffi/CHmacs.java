package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import java.util.Map;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code HMAC} functions. */
final class CHmacs {
  private CHmacs() {}

  /** Owned by one machine: an {@code HMAC_CTX}, which gets its hash and its key later. */
  private static final class Context {
    private @Nullable Hash hash;
    private byte[] key = new byte[0];
    private @Nullable Mac mac;
  }

  static Map<String, CFunction> functions() {
    return Map.of(
        "HMAC", new CFunction(7, CHmacs::whole),
        "HMAC_CTX_new", new CFunction(0, c -> c.made(new Context())),
        "HMAC_CTX_free", new CFunction(1, c -> LuaValue.NONE),
        "HMAC_Init_ex", new CFunction(5, CHmacs::begin),
        "HMAC_Update", new CFunction(3, CHmacs::update),
        "HMAC_Final", new CFunction(3, CHmacs::end));
  }

  private static LuaValue whole(CArguments c) {
    Hash hash = CDigests.hash(c, 1).orElse(null);
    if (hash == null) {
      return c.nullResult();
    }
    byte[] octets = hash.mac(c.counted(2, 3)).doFinal(c.counted(4, 5));
    PointerData to = c.pointer(6);
    if (to.isNull()) {
      to = new PointerData(to.ctype(), Memory.of(new byte[octets.length], 0, octets.length), 0);
    }
    c.store(to, octets);
    c.storeLength(7, octets.length);
    return c.result(to);
  }

  /** A hash without a key, and a key without a hash, go with what the context had. */
  private static LuaValue begin(CArguments c) {
    Context context = c.object(1, Context.class);
    boolean keyed = !c.pointer(2).isNull();
    Hash hash = CDigests.hash(c, 4).orElse(context.hash);
    if (hash == null || (hash != context.hash && !keyed)) {
      return c.result(0);
    }
    context.hash = hash;
    if (keyed) {
      context.key = c.counted(2, 3);
    }
    context.mac = hash.mac(context.key);
    return c.result(1);
  }

  private static LuaValue update(CArguments c) {
    Mac mac = c.object(1, Context.class).mac;
    byte[] octets = c.counted(2, 3);
    if (mac == null) {
      return c.result(0);
    }
    mac.update(octets);
    return c.result(1);
  }

  private static LuaValue end(CArguments c) {
    Mac mac = c.object(1, Context.class).mac;
    if (mac == null) {
      return c.result(0);
    }
    c.storeWithLength(2, mac.doFinal(), 3);
    return c.result(1);
  }
}
