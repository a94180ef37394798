package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.luaj.vm2.LuaValue;

/** What OpenSSL's contexts of keys are told by names. */
final class CKeyOptions {
  private static final int CANNOT = -2;

  private static final Map<String, Integer> PADDINGS =
      Map.of("pkcs1", 1, "none", 3, "oaep", 4, "x931", 5, "pss", 6);

  private static final Map<String, Integer> SALTS = Map.of("digest", -1, "auto", -2, "max", -3);

  private CKeyOptions() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(
        all, "EVP_PKEY_CTX_set_rsa_mgf1_md_name", 3, c -> hash(c, c.text(2), context(c)::mask));
    CFunction.put(
        all, "EVP_PKEY_CTX_set_rsa_oaep_md_name", 3, c -> hash(c, c.text(2), context(c)::oaep));
    CFunction.put(all, "EVP_PKEY_CTX_ctrl_str", 3, CKeyOptions::told);
    return all;
  }

  private static CKeyContext context(CArguments c) {
    return c.object(1, CKeyContext.class);
  }

  private static LuaValue hash(CArguments c, String name, Consumer<Hash> setter) {
    Optional<Hash> hash = Hash.named(name);
    hash.ifPresent(setter);
    return c.result(hash.isPresent() ? 1 : 0);
  }

  private static LuaValue told(CArguments c) {
    String value = c.text(3);
    boolean rsa = context(c).key().kind() == CKey.RSA;
    return switch (c.text(2)) {
      case "digest" -> hash(c, value, context(c)::hash);
      case "rsa_mgf1_md" -> rsa ? hash(c, value, context(c)::mask) : unknown(c);
      case "rsa_oaep_md" -> rsa ? hash(c, value, context(c)::oaep) : unknown(c);
      case "rsa_padding_mode" -> rsa ? padding(c, value) : unknown(c);
      case "rsa_pss_saltlen" -> rsa ? salt(c, value) : unknown(c);
      default -> unknown(c);
    };
  }

  /** A name of no padding is taken without effect. */
  private static LuaValue padding(CArguments c, String name) {
    Integer number = PADDINGS.get(name);
    return c.result(number == null || context(c).padding(number) ? 1 : 0);
  }

  private static LuaValue salt(CArguments c, String name) {
    Integer number = SALTS.get(name);
    boolean digits =
        !name.isEmpty() && name.length() < 6 && name.chars().allMatch(Character::isDigit);
    if (number == null && !digits) {
      return unknown(c);
    }
    return c.result(context(c).salt(number == null ? Integer.parseInt(name) : number) ? 1 : 0);
  }

  private static LuaValue unknown(CArguments c) {
    c.objects().fail(CFault.NO_COMMAND);
    return c.result(CANNOT);
  }
}
