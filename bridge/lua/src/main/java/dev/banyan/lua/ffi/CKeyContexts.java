package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.luaj.vm2.LuaValue;

/** OpenSSL's contexts of keys: encryption by RSA, and how its texts and signatures are padded. */
final class CKeyContexts {
  private static final int ANY = -1;
  private static final int FAILED = -1;

  /** What OpenSSL answers to what a key of this kind can't do. */
  private static final int CANNOT = -2;

  private static final int PADDING = 0x1001;
  private static final int SALT = 0x1002;
  private static final int MASK = 0x1005;
  private static final int OAEP_HASH = 0x1009;
  private static final long WORK = 1 << 16;

  private CKeyContexts() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "EVP_PKEY_CTX_new", 2, CKeyContexts::create);
    CFunction.put(all, "EVP_PKEY_CTX_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "EVP_PKEY_CTX_ctrl", 6, CKeyContexts::control);
    CFunction.put(all, "EVP_PKEY_CTX_set_rsa_padding", 2, c -> padding(c, (int) c.integer(2)));
    CFunction.put(all, "EVP_PKEY_CTX_set_rsa_pss_saltlen", 2, c -> salt(c, (int) c.integer(2)));
    CFunction.put(all, "EVP_PKEY_CTX_set_rsa_oaep_md", 2, c -> oaep(c, CDigests.hash(c, 2)));
    CFunction.put(
        all,
        "EVP_PKEY_CTX_set_rsa_mgf1_md",
        2,
        c -> hash(c, CDigests.hash(c, 2), context(c)::mask));
    CFunction.put(all, "EVP_PKEY_encrypt_init", 1, c -> begin(c, CKeyContext.Use.ENCRYPT));
    CFunction.put(all, "EVP_PKEY_decrypt_init", 1, c -> begin(c, CKeyContext.Use.DECRYPT));
    CFunction.put(all, "EVP_PKEY_encrypt", 5, c -> crypt(c, CKeyContext.Use.ENCRYPT));
    CFunction.put(all, "EVP_PKEY_decrypt", 5, c -> crypt(c, CKeyContext.Use.DECRYPT));
    return all;
  }

  private static CKeyContext context(CArguments c) {
    return c.object(1, CKeyContext.class);
  }

  private static LuaValue create(CArguments c) {
    CKey key = c.object(1, CKey.class);
    if (key.kind() == CKey.NONE) {
      return c.nullResult();
    }
    boolean bare = key.kind() == CKey.ELLIPTIC && !key.isWhole();
    if (bare) {
      return c.result(
          c.objects().create(new CKeyMaking.Maker(CKey.ELLIPTIC, key.curve().orElse(null))));
    }
    return c.made(new CKeyContext(key, CKeyContext.Use.NONE));
  }

  private static LuaValue begin(CArguments c, CKeyContext.Use use) {
    return context(c).begin(use) ? c.result(1) : failed(c, CANNOT, CFault.NOT_FOR_THIS_KEY);
  }

  private static LuaValue control(CArguments c) {
    return CKeyMaking.control(c).orElseGet(() -> controlOfUse(c));
  }

  private static LuaValue controlOfUse(CArguments c) {
    CKeyContext context = context(c);
    int kind = (int) c.integer(2);
    if (kind != ANY && kind != context.key().kind()) {
      return c.result(CANNOT);
    }
    if (context.use() == CKeyContext.Use.NONE) {
      return failed(c, FAILED, CFault.NO_OPERATION);
    }
    int uses = (int) c.integer(3);
    if (uses != ANY && (uses & context.use().number) == 0) {
      return failed(c, FAILED, CFault.WRONG_OPERATION);
    }
    int value = (int) c.integer(5);
    return switch ((int) c.integer(4)) {
      case PADDING -> padding(c, value);
      case SALT -> salt(c, value);
      case MASK -> hash(c, CDigests.hash(c, 6), context::mask);
      case OAEP_HASH -> oaep(c, CDigests.hash(c, 6));
      default -> failed(c, CANNOT, CFault.NO_COMMAND);
    };
  }

  private static LuaValue failed(CArguments c, int answer, CFault fault) {
    c.objects().fail(fault);
    return c.result(answer);
  }

  private static LuaValue padding(CArguments c, int padding) {
    CKeyContext context = context(c);
    if (context.use() == CKeyContext.Use.NONE) {
      return failed(c, FAILED, CFault.NO_OPERATION);
    }
    if (context.padding(padding)) {
      return c.result(1);
    }
    return context.use().crypts() ? c.result(0) : failed(c, 0, CFault.ILLEGAL_PADDING);
  }

  private static LuaValue salt(CArguments c, int salt) {
    CKeyContext context = context(c);
    if (context.use().crypts()) {
      return failed(c, FAILED, CFault.WRONG_OPERATION);
    }
    return context.salt(salt) ? c.result(1) : failed(c, 0, CFault.SALT);
  }

  private static LuaValue oaep(CArguments c, Optional<Hash> hash) {
    CKeyContext context = context(c);
    return context.use().crypts()
        ? hash(c, hash, context::oaep)
        : failed(c, FAILED, CFault.WRONG_OPERATION);
  }

  private static LuaValue hash(CArguments c, Optional<Hash> hash, Consumer<Hash> setter) {
    hash.ifPresent(setter);
    return c.result(hash.isPresent() ? 1 : 0);
  }

  private static LuaValue crypt(CArguments c, CKeyContext.Use use) {
    CKeyContext context = context(c);
    if (context.use() != use) {
      return failed(c, FAILED, CFault.NOT_INITIALIZED);
    }
    if (c.pointer(2).isNull()) {
      c.storeSize(3, context.key().signatureSize());
      return c.result(1);
    }
    c.burn(WORK);
    byte[] text = c.counted(4, 5);
    Optional<byte[]> octets = context.crypt(text);
    if (octets.isEmpty()) {
      context.why(text.length).forEach(c.objects()::fail);
      return c.result(context.failure());
    }
    c.store(c.pointer(2), octets.get());
    c.storeSize(3, octets.get().length);
    return c.result(1);
  }
}
