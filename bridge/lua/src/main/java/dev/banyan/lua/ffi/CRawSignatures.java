package dev.banyan.lua.ffi;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's signatures of what is hashed already, by a context of a key. */
final class CRawSignatures {
  private static final int FAILED = -1;
  private static final int CANNOT = -2;
  private static final long WORK = 1 << 16;

  private CRawSignatures() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "EVP_PKEY_sign_init", 1, c -> begin(c, CKeyContext.Use.RAW_SIGN));
    CFunction.put(all, "EVP_PKEY_verify_init", 1, c -> begin(c, CKeyContext.Use.RAW_VERIFY));
    CFunction.put(all, "EVP_PKEY_verify_recover_init", 1, c -> begin(c, CKeyContext.Use.RECOVER));
    CFunction.put(all, "EVP_PKEY_sign", 5, c -> given(c, CKeyContext.Use.RAW_SIGN));
    CFunction.put(all, "EVP_PKEY_verify_recover", 5, c -> given(c, CKeyContext.Use.RECOVER));
    CFunction.put(all, "EVP_PKEY_verify", 5, CRawSignatures::verify);
    return all;
  }

  private static CKeyContext context(CArguments c) {
    return c.object(1, CKeyContext.class);
  }

  private static LuaValue begin(CArguments c, CKeyContext.Use use) {
    CKeyContext context = context(c);
    int kind = context.key().kind();
    boolean fits = kind == CKey.RSA || (kind == CKey.ELLIPTIC && use != CKeyContext.Use.RECOVER);
    if (!fits) {
      c.objects().fail(CFault.NOT_FOR_THIS_KEY);
      return c.result(CANNOT);
    }
    context.begin(use);
    return c.result(1);
  }

  /** A signature, or what one was made of. */
  private static LuaValue given(CArguments c, CKeyContext.Use use) {
    CKeyContext context = context(c);
    if (context.use() != use) {
      c.objects().fail(CFault.NOT_INITIALIZED);
      return c.result(FAILED);
    }
    if (c.pointer(2).isNull()) {
      c.storeSize(3, context.key().signatureSize());
      return c.result(1);
    }
    c.burn(WORK);
    byte[] octets = c.counted(4, 5);
    CRawSigner signer = new CRawSigner(context);
    Optional<byte[]> result =
        use == CKeyContext.Use.RECOVER
            ? signer.recovered(octets)
            : signer.signed(octets, c.objects().random);
    if (result.isEmpty()) {
      return c.result(use == CKeyContext.Use.RECOVER ? 0 : FAILED);
    }
    c.store(c.pointer(2), result.get());
    c.storeSize(3, result.get().length);
    return c.result(1);
  }

  private static LuaValue verify(CArguments c) {
    CKeyContext context = context(c);
    if (context.use() != CKeyContext.Use.RAW_VERIFY) {
      c.objects().fail(CFault.NOT_INITIALIZED);
      return c.result(FAILED);
    }
    c.burn(WORK);
    boolean right = new CRawSigner(context).verified(c.counted(4, 5), c.counted(2, 3));
    return c.result(right ? 1 : 0);
  }
}
