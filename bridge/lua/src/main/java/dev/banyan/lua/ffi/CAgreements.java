package dev.banyan.lua.ffi;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.luaj.vm2.LuaValue;

/**
 * OpenSSL's secrets that two keys share; contexts that derive keys otherwise are left to theirs.
 */
final class CAgreements {
  private static final int CANNOT = -2;
  private static final int FAILED = -1;
  private static final long WORK = 1 << 16;

  private CAgreements() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "EVP_PKEY_derive_set_peer", 2, CAgreements::peer);
    return all;
  }

  private static Optional<CKeyContext> context(CArguments c) {
    return c.objects().at(c.pointer(1), CKeyContext.class);
  }

  private static boolean agrees(CKey key) {
    return switch (key.kind()) {
      case CKey.ELLIPTIC, CKey.X25519, CKey.X448 -> true;
      default -> false;
    };
  }

  static LuaValue begin(CArguments c) {
    return context(c)
        .map(context -> {
          if (!agrees(context.key())) {
            c.objects().fail(CFault.NOT_FOR_THIS_KEY);
            return c.result(CANNOT);
          }
          context.use(CKeyContext.Use.DERIVE);
          return c.result(1);
        })
        .orElseGet(() -> c.result(1));
  }

  private static LuaValue peer(CArguments c) {
    CKeyContext context = c.object(1, CKeyContext.class);
    CKey other = c.object(2, CKey.class);
    if (context.use() != CKeyContext.Use.DERIVE) {
      c.objects().fail(CFault.NOT_INITIALIZED);
      return c.result(FAILED);
    }
    boolean fits = other.kind() == context.key().kind() && other.bits() == context.key().bits();
    if (fits) {
      context.peer(other);
    }
    return c.result(fits ? 1 : FAILED);
  }

  static LuaValue derive(CArguments c) {
    return context(c)
        .map(context -> c.result(shared(c, context) ? 1 : FAILED))
        .orElseGet(() -> CDerivations.derive(c));
  }

  private static boolean shared(CArguments c, CKeyContext context) {
    Optional<PrivateKey> own = context.key().secret();
    c.burn(WORK);
    try {
      Optional<PublicKey> known = context.known();
      if (own.isEmpty() || known.isEmpty()) {
        return false;
      }
      boolean elliptic = context.key().kind() == CKey.ELLIPTIC;
      KeyAgreement agreement = KeyAgreement.getInstance(elliptic ? "ECDH" : "XDH");
      agreement.init(own.get());
      agreement.doPhase(known.get(), true);
      byte[] secret = agreement.generateSecret();
      if (!c.pointer(2).isNull()) {
        c.store(c.pointer(2), secret);
      }
      c.storeSize(3, secret.length);
      return true;
    } catch (GeneralSecurityException e) {
      return false; // a public key that leads to nothing
    }
  }
}
