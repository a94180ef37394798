package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.EcdsaValue;
import java.math.BigInteger;
import java.security.spec.ECParameterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's large numbers and elliptic keys, as far as tokens want their signatures as numbers. */
final class CEllipticKeys {
  /** A struct of two pointers, which Lua may declare and look into. */
  private static final int SIGNATURE_SIZE = 16;

  private CEllipticKeys() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "EVP_PKEY_get0_EC_KEY", 1, CEllipticKeys::key);
    CFunction.put(all, "EC_KEY_get0_group", 1, CEllipticKeys::curve);
    CFunction.put(all, "EC_GROUP_get_order", 3, CEllipticKeys::order);
    CFunction.put(all, "ECDSA_SIG_new", 0, c -> c.result(empty(c)));
    CFunction.put(all, "ECDSA_SIG_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "ECDSA_SIG_get0", 3, CEllipticKeys::parts);
    CFunction.put(all, "ECDSA_SIG_set0", 3, CEllipticKeys::setParts);
    CFunction.put(all, "ECDSA_size", 1, c -> c.result(c.object(1, CKey.class).signatureSize()));
    CFunction.put(all, "d2i_ECDSA_SIG", 3, CEllipticKeys::decoded);
    CFunction.put(all, "i2d_ECDSA_SIG", 2, CEllipticKeys::encoded);
    return all;
  }

  private static LuaValue key(CArguments c) {
    return c.object(1, CKey.class).kind() == CKey.ELLIPTIC
        ? c.result(c.pointer(1))
        : c.nullResult();
  }

  private static LuaValue curve(CArguments c) {
    return c.object(1, CKey.class).curve().map(curve -> c.made(curve)).orElseGet(c::nullResult);
  }

  private static LuaValue order(CArguments c) {
    c.objects().bind(c.pointer(2), c.object(1, ECParameterSpec.class).getOrder());
    return c.result(1);
  }

  private static PointerData empty(CArguments c) {
    return new PointerData(CType.VOID_POINTER, c.allocate(SIGNATURE_SIZE), 0);
  }

  /** The pointer to what was read from moves behind it. */
  private static LuaValue decoded(CArguments c) {
    PointerData place = c.pointer(2);
    PointerData from = c.pointerAt(place.memory, place.offset);
    byte[] octets = c.octets(from, c.count(3));
    Optional<EcdsaValue.Read> read = EcdsaValue.read(octets);
    if (read.isEmpty()) {
      c.objects().fail(CFault.WRONG_TAG);
      return c.nullResult();
    }
    PointerData signature = empty(c);
    EcdsaValue value = read.get().value();
    c.storePointerAt(c.objects().create(value.r()), signature.memory, 0);
    c.storePointerAt(c.objects().create(value.s()), signature.memory, Long.BYTES);
    PointerData rest = new PointerData(from.ctype(), from.memory, from.offset + read.get().size());
    c.storePointerAt(rest, place.memory, place.offset);
    return c.result(signature);
  }

  private static LuaValue encoded(CArguments c) {
    PointerData signature = c.pointer(1);
    Optional<BigInteger> r = part(c, signature, 0);
    Optional<BigInteger> s = part(c, signature, Long.BYTES);
    if (r.isEmpty() || s.isEmpty()) {
      return c.result(-1);
    }
    byte[] der = new EcdsaValue(r.get(), s.get()).der();
    c.storeEncoded(2, der);
    return c.result(der.length);
  }

  private static Optional<BigInteger> part(CArguments c, PointerData signature, int offset) {
    PointerData at = c.pointerAt(signature.memory, signature.offset + offset);
    return c.objects().at(at, BigInteger.class);
  }

  private static LuaValue parts(CArguments c) {
    PointerData signature = c.pointer(1);
    for (int i = 0; i < 2; i++) {
      PointerData place = c.pointer(2 + i);
      if (!place.isNull()) {
        PointerData part = c.pointerAt(signature.memory, signature.offset + (long) i * Long.BYTES);
        c.storePointerAt(part, place.memory, place.offset);
      }
    }
    return LuaValue.NONE;
  }

  private static LuaValue setParts(CArguments c) {
    PointerData signature = c.pointer(1);
    if (c.pointer(2).isNull() || c.pointer(3).isNull()) {
      return c.result(0);
    }
    c.storePointerAt(c.pointer(2), signature.memory, signature.offset);
    c.storePointerAt(c.pointer(3), signature.memory, signature.offset + Long.BYTES);
    return c.result(1);
  }
}
