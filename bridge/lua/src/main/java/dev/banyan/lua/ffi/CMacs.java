package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.crypto.Cmac;
import dev.banyan.lua.crypto.Hash;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code EVP_MAC}: HMAC by any hash, and CMAC by AES. */
final class CMacs {
  private static final Pattern AES = Pattern.compile("(?i)AES-(128|192|256)-CBC");
  private static final int BLOCK = 16;

  /** As much as one text of CMAC may have, which is kept until its end. */
  private static final int MOST_OCTETS = 1 << 24;

  private CMacs() {}

  /** Which of the two. */
  private enum Kind {
    HMAC,
    CMAC
  }

  /** Owned by one machine: an {@code EVP_MAC_CTX}. */
  private static final class Context {
    private final Kind kind;
    private @Nullable Hash hash;
    private int keyLength;
    private byte @Nullable [] key;
    private @Nullable Mac mac;
    private ByteArrayOutputStream text = new ByteArrayOutputStream();

    Context(Kind kind) {
      this.kind = kind;
    }

    /** As many octets as come out; 0 before that is known. */
    int size() {
      return kind == Kind.HMAC ? (hash == null ? 0 : hash.length()) : keyLength == 0 ? 0 : BLOCK;
    }

    /** Whether parameters are known. */
    boolean set(Map<String, byte[]> parameters) {
      byte[] digest = parameters.get("digest");
      if (digest != null && kind == Kind.HMAC) {
        Optional<Hash> named = Hash.named(LuaText.latin1(LuaText.using(digest, digest.length)));
        named.ifPresent(known -> hash = known);
        return named.isPresent();
      }
      byte[] cipher = parameters.get("cipher");
      if (cipher != null && kind == Kind.CMAC) {
        Matcher aes = AES.matcher(LuaText.latin1(LuaText.using(cipher, cipher.length)));
        keyLength = aes.matches() ? Integer.parseInt(aes.group(1)) / Byte.SIZE : keyLength;
        return aes.matches();
      }
      return true;
    }

    boolean begin(byte @Nullable [] next) {
      key = next == null ? key : next;
      byte[] known = key;
      text = new ByteArrayOutputStream();
      if (known == null || size() == 0) {
        return known == null;
      }
      if (kind == Kind.CMAC) {
        return known.length == keyLength;
      }
      mac = hash == null ? null : hash.mac(known);
      return mac != null;
    }

    boolean update(byte[] octets) {
      Mac running = mac;
      if (running != null) {
        running.update(octets);
        return true;
      }
      if (kind != Kind.CMAC || key == null || text.size() > MOST_OCTETS - octets.length) {
        return false;
      }
      text.writeBytes(octets);
      return true;
    }

    Optional<byte[]> end() {
      Mac running = mac;
      byte[] known = key;
      if (running != null) {
        return Optional.of(running.doFinal());
      }
      return kind == Kind.CMAC && known != null && known.length == keyLength
          ? Optional.of(Cmac.of(known, text.toByteArray()))
          : Optional.empty();
    }
  }

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "EVP_MAC_fetch", 3, CMacs::fetched);
    CFunction.put(all, "EVP_MAC_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "EVP_MAC_get0_provider", 1, COpenSsl::provider);
    CFunction.put(all, "EVP_MAC_CTX_new", 1, CMacs::create);
    CFunction.put(all, "EVP_MAC_CTX_free", 1, c -> LuaValue.NONE);
    CFunction.put(
        all,
        "EVP_MAC_CTX_set_params",
        2,
        c -> c.result(context(c).set(CParams.read(c, 2)) ? 1 : 0));
    CFunction.put(all, "EVP_MAC_CTX_get_mac_size", 1, c -> c.result(context(c).size()));
    CFunction.put(all, "EVP_MAC_init", 4, CMacs::begin);
    CFunction.put(
        all, "EVP_MAC_update", 3, c -> c.result(context(c).update(c.counted(2, 3)) ? 1 : 0));
    CFunction.put(all, "EVP_MAC_final", 4, CMacs::end);
    return all;
  }

  private static Context context(CArguments c) {
    return c.object(1, Context.class);
  }

  private static LuaValue fetched(CArguments c) {
    String name = c.text(2).toUpperCase(Locale.ROOT);
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(name)) {
        return c.result(c.objects().constant(kind));
      }
    }
    c.objects().fail(CFault.NOT_FETCHED);
    return c.nullResult();
  }

  private static LuaValue create(CArguments c) {
    return c.made(new Context(c.object(1, Kind.class)));
  }

  private static LuaValue begin(CArguments c) {
    Context context = context(c);
    byte[] key = c.pointer(2).isNull() ? null : c.counted(2, 3);
    return c.result(context.set(CParams.read(c, 4)) && context.begin(key) ? 1 : 0);
  }

  private static LuaValue end(CArguments c) {
    Context context = context(c);
    if (c.pointer(2).isNull()) {
      c.storeSize(3, context.size());
      return c.result(1);
    }
    if (c.integer(4) < context.size()) {
      return c.result(0);
    }
    Optional<byte[]> octets = context.end();
    octets.ifPresent(known -> {
      c.store(c.pointer(2), known);
      c.storeSize(3, known.length);
    });
    return c.result(octets.isPresent() ? 1 : 0);
  }
}
