package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.RsaNumbers;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** The numbers of OpenSSL's keys of RSA, told and taken. */
final class CRsaNumbers {
  private CRsaNumbers() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(
        all,
        "RSA_new",
        0,
        c -> {
          CKey key = new CKey(null);
          key.numbers(RsaNumbers.NONE);
          return c.made(key);
        });
    CFunction.put(
        all, "RSA_get0_key", 4, c -> told(c, RsaNumbers::n, RsaNumbers::e, RsaNumbers::d));
    CFunction.put(all, "RSA_get0_factors", 3, c -> told(c, RsaNumbers::p, RsaNumbers::q));
    CFunction.put(
        all,
        "RSA_get0_crt_params",
        4,
        c -> told(c, RsaNumbers::dp, RsaNumbers::dq, RsaNumbers::qi));
    CFunction.put(all, "RSA_set0_key", 4, CRsaNumbers::setKey);
    CFunction.put(all, "RSA_set0_factors", 3, CRsaNumbers::setFactors);
    CFunction.put(all, "RSA_set0_crt_params", 4, CRsaNumbers::setExponents);
    CFunction.put(all, "EVP_PKEY_assign", 3, CRsaNumbers::assign);
    return all;
  }

  private static CKey key(CArguments c) {
    return c.object(1, CKey.class);
  }

  /** Each number where an argument points to, NULL for one that isn't known. */
  @SafeVarargs
  private static LuaValue told(CArguments c, Function<RsaNumbers, @Nullable BigInteger>... parts) {
    RsaNumbers numbers = key(c).numbers();
    for (int i = 0; i < parts.length; i++) {
      PointerData place = c.pointer(2 + i);
      if (!place.isNull()) {
        BigInteger number = parts[i].apply(numbers);
        PointerData pointer =
            number == null
                ? PointerData.nullPointer(CType.VOID_POINTER)
                : c.objects().create(number);
        c.storePointerAt(pointer, place.memory, place.offset);
      }
    }
    return LuaValue.NONE;
  }

  /** A number that is given, else that which there is. */
  private static @Nullable BigInteger or(CArguments c, int index, @Nullable BigInteger otherwise) {
    return c.pointer(index).isNull() ? otherwise : CBigNumbers.at(c, index);
  }

  private static LuaValue set(CArguments c, RsaNumbers next, @Nullable BigInteger... needed) {
    for (BigInteger number : needed) {
      if (number == null) {
        return c.result(0);
      }
    }
    key(c).numbers(next);
    return c.result(1);
  }

  private static LuaValue setKey(CArguments c) {
    RsaNumbers is = key(c).numbers();
    BigInteger n = or(c, 2, is.n());
    BigInteger e = or(c, 3, is.e());
    BigInteger d = or(c, 4, is.d());
    RsaNumbers next = new RsaNumbers(n, e, d, is.p(), is.q(), is.dp(), is.dq(), is.qi());
    return set(c, next, n, e);
  }

  private static LuaValue setFactors(CArguments c) {
    RsaNumbers is = key(c).numbers();
    BigInteger p = or(c, 2, is.p());
    BigInteger q = or(c, 3, is.q());
    RsaNumbers next = new RsaNumbers(is.n(), is.e(), is.d(), p, q, is.dp(), is.dq(), is.qi());
    return set(c, next, p, q);
  }

  private static LuaValue setExponents(CArguments c) {
    RsaNumbers is = key(c).numbers();
    BigInteger dp = or(c, 2, is.dp());
    BigInteger dq = or(c, 3, is.dq());
    BigInteger qi = or(c, 4, is.qi());
    RsaNumbers next = new RsaNumbers(is.n(), is.e(), is.d(), is.p(), is.q(), dp, dq, qi);
    return set(c, next, dp, dq, qi);
  }

  private static LuaValue assign(CArguments c) {
    if (c.pointer(3).isNull()) {
      return c.result(0);
    }
    key(c).set(c.object(3, CKey.class));
    return c.result(1);
  }
}
