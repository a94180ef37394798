package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Curve;
import dev.banyan.lua.crypto.KeyPairs;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** OpenSSL's making of keys: by RSA, on curves with a name, of Edwards' and Montgomery's form. */
final class CKeyMaking {
  private static final int CURVE = 0x1001;
  private static final int ENCODING = 0x1002;
  private static final int BITS = 0x1003;
  private static final int EXPONENT = 0x1004;
  private static final int FAILED = -1;
  private static final int CANNOT = -2;

  private static final int LEAST_BITS = 512;

  /** A longer key takes seconds to be made, while nothing else is done. */
  private static final int MOST_BITS = 4096;

  private static final long WORK = 1 << 22;

  private static final Map<Integer, NamedParameterSpec> OTHERS =
      Map.of(
          CKey.X25519, NamedParameterSpec.X25519,
          CKey.X448, NamedParameterSpec.X448,
          CKey.ED25519, NamedParameterSpec.ED25519,
          CKey.ED448, NamedParameterSpec.ED448);

  private CKeyMaking() {}

  /** Owned by one machine: an {@code EVP_PKEY_CTX} that makes keys. */
  static final class Maker {
    private final int kind;
    private int bits = 2048;
    private BigInteger exponent = RSAKeyGenParameterSpec.F4;
    private @Nullable ECParameterSpec curve;

    Maker(int kind, @Nullable ECParameterSpec curve) {
      this.kind = kind;
      this.curve = curve;
    }

    private Optional<PrivateKey> made(SecureRandom random) {
      NamedParameterSpec named = OTHERS.get(kind);
      try {
        if (named != null) {
          return Optional.of(KeyPairs.pair(named, random).getPrivate());
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind == CKey.RSA ? "RSA" : "EC");
        if (kind == CKey.RSA) {
          generator.initialize(new RSAKeyGenParameterSpec(bits, exponent), random);
        } else if (curve == null) {
          return Optional.empty();
        } else {
          generator.initialize(curve, random);
        }
        return Optional.of(generator.generateKeyPair().getPrivate());
      } catch (GeneralSecurityException | InvalidParameterException e) {
        return Optional.empty();
      }
    }
  }

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "EVP_PKEY_CTX_new_id", 2, CKeyMaking::create);
    CFunction.put(all, "EVP_PKEY_keygen_init", 1, c -> c.result(maker(c).isPresent() ? 1 : CANNOT));
    CFunction.put(all, "EVP_PKEY_paramgen_init", 1, c -> c.result(isElliptic(c) ? 1 : CANNOT));
    CFunction.put(all, "EVP_PKEY_paramgen", 2, CKeyMaking::parameters);
    CFunction.put(all, "EVP_PKEY_keygen", 2, CKeyMaking::key);
    CFunction.put(all, "EVP_PKEY_generate", 2, CKeyMaking::key);
    CFunction.put(
        all, "EVP_PKEY_CTX_set_rsa_keygen_bits", 2, c -> set(c, BITS, (int) c.integer(2), 0));
    CFunction.put(all, "EVP_PKEY_CTX_set1_rsa_keygen_pubexp", 2, c -> set(c, EXPONENT, 0, 2));
    CFunction.put(all, "EVP_PKEY_CTX_set_rsa_keygen_pubexp", 2, c -> set(c, EXPONENT, 0, 2));
    CFunction.put(
        all,
        "EVP_PKEY_CTX_set_ec_paramgen_curve_nid",
        2,
        c -> set(c, CURVE, (int) c.integer(2), 0));
    CFunction.put(
        all, "EVP_PKEY_CTX_set_ec_param_enc", 2, c -> set(c, ENCODING, (int) c.integer(2), 0));
    return all;
  }

  private static Optional<Maker> maker(CArguments c) {
    return c.objects().at(c.pointer(1), Maker.class);
  }

  private static boolean isElliptic(CArguments c) {
    return maker(c).filter(maker -> maker.kind == CKey.ELLIPTIC).isPresent();
  }

  private static LuaValue create(CArguments c) {
    int kind = (int) c.integer(1);
    return kind == CKey.RSA || kind == CKey.ELLIPTIC || OTHERS.containsKey(kind)
        ? c.made(new Maker(kind, null))
        : CDerivations.create(c);
  }

  /** {@code EVP_PKEY_CTX_ctrl} for what makes keys; empty for any other context. */
  static Optional<LuaValue> control(CArguments c) {
    return maker(c).map(maker -> set(c, (int) c.integer(4), (int) c.integer(5), 6));
  }

  private static LuaValue set(CArguments c, int what, int value, int pointer) {
    Maker maker = maker(c).orElse(null);
    if (maker == null) {
      return c.result(CANNOT);
    }
    if (maker.kind == CKey.RSA && what == BITS) {
      boolean fits = value >= LEAST_BITS && value <= MOST_BITS;
      maker.bits = fits ? value : maker.bits;
      return c.result(fits ? 1 : 0);
    }
    if (maker.kind == CKey.RSA && what == EXPONENT) {
      maker.exponent = c.object(pointer, BigInteger.class);
      return c.result(1);
    }
    if (maker.kind == CKey.ELLIPTIC && what == CURVE) {
      maker.curve = Curve.of(value).map(Curve::parameters).orElse(null);
      return c.result(maker.curve == null ? 0 : 1);
    }
    return c.result(maker.kind == CKey.ELLIPTIC && what == ENCODING && value == 1 ? 1 : CANNOT);
  }

  private static LuaValue parameters(CArguments c) {
    ECParameterSpec curve = maker(c).map(maker -> maker.curve).orElse(null);
    return curve == null ? c.result(0) : given(c, CKey.on(curve));
  }

  private static LuaValue key(CArguments c) {
    Maker maker = maker(c).orElse(null);
    if (maker == null) {
      return c.result(FAILED);
    }
    c.burn(WORK);
    return maker
        .made(c.objects().random)
        .map(secret -> given(c, new CKey(secret)))
        .orElseGet(() -> c.result(0));
  }

  private static LuaValue given(CArguments c, CKey key) {
    PointerData place = c.pointer(2);
    c.storePointerAt(c.objects().create(key), place.memory, place.offset);
    return c.result(1);
  }
}
