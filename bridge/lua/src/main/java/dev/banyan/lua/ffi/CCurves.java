package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Curve;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's curves with a name, points on them, and the halves of their keys. */
final class CCurves {
  /** A point is written whole. */
  private static final int WHOLE = 4;

  private static final long WORK = 1 << 16;

  private CCurves() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(
        all, "EC_GROUP_new_by_curve_name", 1, c -> group(c, Curve.of((int) c.integer(1))));
    for (String function :
        new String[] {"EC_GROUP_set_asn1_flag", "EC_GROUP_set_point_conversion_form"}) {
      CFunction.put(all, function, 2, c -> LuaValue.NONE);
    }
    CFunction.put(all, "EC_GROUP_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "EC_POINT_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "EC_GROUP_get_curve_name", 1, CCurves::number);
    CFunction.put(all, "PEM_write_bio_ECPKParameters", 2, CCurves::written);
    CFunction.put(
        all, "PEM_read_bio_ECPKParameters", 4, c -> group(c, Curve.ofPem(CKeys.content(c))));
    CFunction.put(all, "EC_POINT_point2bn", 5, CCurves::asNumber);
    CFunction.put(all, "EC_POINT_bn2point", 4, CCurves::ofNumber);
    CFunction.put(all, "EC_POINT_get_affine_coordinates", 5, CCurves::numbers);
    CFunction.put(all, "EC_KEY_new", 0, c -> c.made(new CKey(null)));
    CFunction.put(all, "EC_KEY_get_conv_form", 1, c -> c.result(WHOLE));
    CFunction.put(all, "EC_KEY_set_group", 2, CCurves::on);
    CFunction.put(all, "EC_KEY_get0_private_key", 1, CCurves::secret);
    CFunction.put(all, "EC_KEY_get0_public_key", 1, CCurves::known);
    CFunction.put(all, "EC_KEY_set_private_key", 2, CCurves::setSecret);
    CFunction.put(
        all, "EC_KEY_set_public_key", 2, c -> c.result(set(c, c.object(2, ECPoint.class)) ? 1 : 0));
    CFunction.put(all, "EC_KEY_set_public_key_affine_coordinates", 3, CCurves::setKnown);
    return all;
  }

  private static ECParameterSpec parameters(CArguments c) {
    return c.object(1, ECParameterSpec.class);
  }

  private static LuaValue group(CArguments c, Optional<Curve> curve) {
    return curve.map(found -> c.made(found.parameters())).orElseGet(c::nullResult);
  }

  private static LuaValue number(CArguments c) {
    return c.result(Curve.of(parameters(c)).map(Curve::number).orElse(0));
  }

  private static LuaValue written(CArguments c) {
    Optional<Curve> curve = Curve.of(c.object(2, ECParameterSpec.class));
    boolean done = curve.isPresent() && c.object(1, CBio.class).write(curve.get().pem());
    return c.result(done ? 1 : 0);
  }

  // ---- points

  private static LuaValue asNumber(CArguments c) {
    byte[] octets = Curve.octets(parameters(c), c.object(2, ECPoint.class), (int) c.integer(3));
    BigInteger number = new BigInteger(1, octets);
    if (c.pointer(4).isNull()) {
      return c.made(number);
    }
    c.objects().bind(c.pointer(4), number);
    return c.result(c.pointer(4));
  }

  private static LuaValue ofNumber(CArguments c) {
    byte[] signed = CBigNumbers.at(c, 2).toByteArray();
    byte[] octets = signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    Optional<ECPoint> point = Curve.point(parameters(c), octets);
    if (point.isEmpty()) {
      c.objects().fail(CFault.NOT_ON_CURVE);
      return c.nullResult();
    }
    return c.made(point.get());
  }

  private static LuaValue numbers(CArguments c) {
    ECPoint point = c.object(2, ECPoint.class);
    if (!c.pointer(3).isNull()) {
      c.objects().bind(c.pointer(3), point.getAffineX());
    }
    if (!c.pointer(4).isNull()) {
      c.objects().bind(c.pointer(4), point.getAffineY());
    }
    return c.result(1);
  }

  // ---- keys

  private static CKey key(CArguments c) {
    return c.object(1, CKey.class);
  }

  private static LuaValue on(CArguments c) {
    key(c).curve(c.object(2, ECParameterSpec.class));
    return c.result(1);
  }

  private static LuaValue secret(CArguments c) {
    return key(c).secret().orElse(null) instanceof ECPrivateKey secret
        ? c.made(secret.getS())
        : c.nullResult();
  }

  private static Optional<ECPoint> point(CKey key) {
    try {
      return key.known().map(known -> ((ECPublicKey) known).getW());
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static LuaValue known(CArguments c) {
    c.burn(WORK);
    return point(key(c)).map(point -> c.made(point)).orElseGet(c::nullResult);
  }

  private static LuaValue setSecret(CArguments c) {
    Optional<ECParameterSpec> curve = key(c).curve();
    BigInteger number = CBigNumbers.at(c, 2);
    boolean fits =
        curve.isPresent() && number.signum() > 0 && number.compareTo(curve.get().getOrder()) < 0;
    if (!fits) {
      return c.result(0);
    }
    try {
      key(c).secret(Curve.secret(curve.get(), number));
      return c.result(1);
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  private static boolean set(CArguments c, ECPoint point) {
    Optional<ECParameterSpec> curve = key(c).curve();
    if (curve.isEmpty()) {
      return false;
    }
    try {
      key(c).known(Curve.known(curve.get(), point));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** It is set even where it doesn't belong to the private half, which is told. */
  private static LuaValue setKnown(CArguments c) {
    BigInteger x = CBigNumbers.at(c, 2);
    BigInteger y = CBigNumbers.at(c, 3);
    Optional<ECParameterSpec> curve = key(c).curve();
    if (curve.isEmpty() || !Curve.has(curve.get(), x, y)) {
      c.objects().fail(CFault.NOT_ON_CURVE);
      return c.result(0);
    }
    c.burn(WORK);
    ECPoint point = new ECPoint(x, y);
    Optional<PrivateKey> secret = key(c).secret();
    boolean belongs =
        secret.isEmpty() || point(new CKey(secret.get())).filter(point::equals).isPresent();
    boolean done = set(c, point);
    if (!belongs) {
      c.objects().fail(CFault.OTHER_HALF);
    }
    return c.result(done && belongs ? 1 : 0);
  }
}
