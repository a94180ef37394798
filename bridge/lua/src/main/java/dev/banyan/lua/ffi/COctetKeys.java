package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.OctetKeys;
import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's keys on curves of Edwards' and Montgomery's form, made of their octets. */
final class COctetKeys {
  /** A curve by its object, and how long its keys are. */
  private record Form(String object, int size) {}

  private static final Map<Integer, Form> FORMS =
      Map.of(
          CKey.X25519, new Form("1.3.101.110", 32),
          CKey.X448, new Form("1.3.101.111", 56),
          CKey.ED25519, new Form("1.3.101.112", 32),
          CKey.ED448, new Form("1.3.101.113", 57));

  private COctetKeys() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "EVP_PKEY_new_raw_private_key", 4, c -> made(c, true));
    CFunction.put(all, "EVP_PKEY_new_raw_public_key", 4, c -> made(c, false));
    return all;
  }

  private static LuaValue made(CArguments c, boolean secret) {
    byte[] octets = c.counted(3, 4);
    Optional<Key> key =
        Optional.ofNullable(FORMS.get((int) c.integer(1)))
            .flatMap(form -> OctetKeys.key(form.object(), form.size(), octets, secret));
    if (key.isEmpty()) {
      c.objects().fail(CFault.KEY_SETUP);
      return c.nullResult();
    }
    return c.made(new CKey(key.get()));
  }
}
