package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.crypto.AesMode;
import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.KeyDerivation;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaValue;

/** OpenSSL's AES, by {@code EVP_}. */
final class CCiphers {
  private static final int SET_IV_LENGTH = 0x9;
  private static final int GET_TAG = 0x10;
  private static final int SET_TAG = 0x11;
  private static final int[] SIZES = {128, 192, 256};

  private static final Pattern FETCHED =
      Pattern.compile("(?:id-)?aes-?(128|192|256)(?:-([a-z0-9]+))?");

  private CCiphers() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    for (AesMode mode : AesMode.values()) {
      for (int bits : SIZES) {
        CCipher.Kind kind = new CCipher.Kind(mode, bits);
        all.put(
            "EVP_aes_" + bits + "_" + mode.openssl(),
            new CFunction(0, c -> c.result(c.objects().constant(kind))));
      }
    }
    all.put("EVP_get_cipherbyname", new CFunction(1, CCiphers::named));
    all.put("EVP_CIPHER_CTX_new", new CFunction(0, c -> c.made(new CCipher())));
    all.put("EVP_CIPHER_CTX_free", new CFunction(1, c -> LuaValue.NONE));
    all.put("EVP_CIPHER_CTX_ctrl", new CFunction(4, CCiphers::control));
    all.put("EVP_CIPHER_CTX_set_padding", new CFunction(2, CCiphers::pad));
    all.put("EVP_CIPHER_fetch", new CFunction(3, CCiphers::fetched));
    all.put("EVP_CIPHER_CTX_cipher", new CFunction(1, CCiphers::kind));
    all.put("EVP_CIPHER_CTX_get_block_size", new CFunction(1, c -> c.result(of(c).blockSize())));
    all.put(
        "EVP_CIPHER_CTX_get_key_length",
        new CFunction(1, c -> c.result(of(c).keyLength(Optional.empty()))));
    all.put(
        "EVP_CIPHER_CTX_get_iv_length",
        new CFunction(1, c -> c.result(of(c).ivLength(Optional.empty()))));
    all.put("EVP_CipherInit_ex", new CFunction(6, CCiphers::beginEither));
    for (String way : new String[] {"Encrypt", "Decrypt"}) {
      boolean encrypting = way.equals("Encrypt");
      all.put("EVP_" + way + "Init_ex", new CFunction(5, c -> begin(c, encrypting)));
    }
    for (String way : new String[] {"Encrypt", "Decrypt", "Cipher"}) {
      all.put("EVP_" + way + "Update", new CFunction(5, CCiphers::update));
      all.put("EVP_" + way + "Final_ex", new CFunction(3, CCiphers::end));
    }
    all.put("EVP_BytesToKey", new CFunction(8, CCiphers::derive));
    return all;
  }

  private static LuaValue named(CArguments c) {
    String name = c.text(1).toLowerCase(Locale.ROOT).replaceFirst("^id-aes(\\d+)-", "aes-$1-");
    String[] parts = name.split("-", -1);
    if (parts.length == 3 && parts[0].equals("aes")) {
      Optional<AesMode> mode = AesMode.named(parts[2]);
      for (int bits : SIZES) {
        if (mode.isPresent() && parts[1].equals(String.valueOf(bits))) {
          return c.result(c.objects().constant(new CCipher.Kind(mode.get(), bits)));
        }
      }
    }
    return c.nullResult();
  }

  private static CCipher of(CArguments c) {
    return c.object(1, CCipher.class);
  }

  private static LuaValue kind(CArguments c) {
    return of(c).kind().map(kind -> c.result(c.objects().constant(kind))).orElseGet(c::nullResult);
  }

  /** As OpenSSL 3.0 has it: {@code AES-128-CFB}, and {@code AES128} for what chains blocks. */
  private static LuaValue fetched(CArguments c) {
    String name = c.text(2).toLowerCase(Locale.ROOT);
    Matcher match = FETCHED.matcher(name);
    Optional<AesMode> mode = Optional.empty();
    if (match.matches()) {
      String last = match.group(2) == null ? "cbc" : match.group(2);
      mode = AesMode.named(last.equals("cfb") ? "cfb128" : last);
    }
    if (mode.isEmpty() || name.endsWith("cfb128")) {
      c.objects().fail(CFault.NOT_FETCHED);
      return c.nullResult();
    }
    CCipher.Kind kind = new CCipher.Kind(mode.get(), Integer.parseInt(match.group(1)));
    return c.result(c.objects().constant(kind));
  }

  /** The direction is the last argument; that of before, where it is negative. */
  private static LuaValue beginEither(CArguments c) {
    long direction = c.integer(6);
    return begin(c, direction < 0 ? of(c).encrypts() : direction != 0);
  }

  private static LuaValue pad(CArguments c) {
    try {
      of(c).padded(c.integer(2) != 0);
      return c.result(1);
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private static LuaValue begin(CArguments c, boolean encrypting) {
    CCipher cipher = of(c);
    Optional<CCipher.Kind> kind = c.objects().at(c.pointer(2), CCipher.Kind.class);
    byte[] key = c.pointer(4).isNull() ? null : c.octetsOrZeros(4, cipher.keyLength(kind));
    byte[] iv = c.pointer(5).isNull() ? null : c.octets(5, cipher.ivLength(kind));
    try {
      return c.result(cipher.begin(encrypting, kind, key, iv) ? 1 : 0);
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private static RuntimeException impossible(GeneralSecurityException e) {
    return LuaErrors.raise("this JDK can't do that: " + e.getMessage());
  }

  private static LuaValue control(CArguments c) {
    CCipher cipher = c.object(1, CCipher.class);
    int value = (int) c.integer(3);
    if (!cipher.authenticates()) {
      return c.result(1);
    }
    boolean length = value > 0 && value <= CAuthenticated.TAG_LENGTH;
    return switch ((int) c.integer(2)) {
      case SET_IV_LENGTH -> c.result(cipher.ivLength(value) ? 1 : 0);
      case SET_TAG -> c.result(length && cipher.tag(c.octets(4, value)) ? 1 : 0);
      case GET_TAG -> {
        Optional<byte[]> tag = cipher.tag().filter(known -> length);
        tag.ifPresent(known -> c.store(c.pointer(4), Arrays.copyOf(known, value)));
        yield c.result(tag.isPresent() ? 1 : 0);
      }
      default -> c.result(0);
    };
  }

  private static LuaValue update(CArguments c) {
    if (c.pointer(2).isNull()) {
      byte[] octets = c.counted(4, 5);
      boolean taken = c.object(1, CCipher.class).associated(octets);
      c.storeLength(3, taken ? octets.length : 0);
      return c.result(taken ? 1 : 0);
    }
    return stored(c, c.object(1, CCipher.class).update(c.counted(4, 5)));
  }

  private static LuaValue end(CArguments c) {
    Optional<byte[]> rest = of(c).end();
    if (rest.isEmpty()) {
      of(c).why().ifPresent(c.objects()::fail);
    }
    return stored(c, rest);
  }

  private static LuaValue stored(CArguments c, Optional<byte[]> octets) {
    c.storeLength(3, octets.map(o -> o.length).orElse(0));
    octets.ifPresent(o -> c.store(c.pointer(2), o));
    return c.result(octets.isPresent() ? 1 : 0);
  }

  /** {@code EVP_BytesToKey}, which tells how long the key is. */
  private static LuaValue derive(CArguments c) {
    Optional<CCipher.Kind> kind = c.objects().at(c.pointer(1), CCipher.Kind.class);
    Optional<Hash> hash = CDigests.hash(c, 2);
    if (kind.isEmpty() || hash.isEmpty()) {
      return c.result(0);
    }
    int keyLength = kind.get().keyLength();
    if (c.pointer(4).isNull()) {
      return c.result(keyLength);
    }
    byte[] salt = c.pointer(3).isNull() ? new byte[0] : c.octets(3, KeyDerivation.SALT_LENGTH);
    byte[] password = c.counted(4, 5);
    int rounds = Math.clamp(c.count(6), 1, Integer.MAX_VALUE);
    byte[][] derived =
        KeyDerivation.bytesToKey(
            hash.get(), password, salt, rounds, keyLength, kind.get().mode().ivLength());
    for (int i = 0; i < derived.length; i++) {
      if (!c.pointer(7 + i).isNull()) {
        c.store(c.pointer(7 + i), derived[i]);
      }
    }
    return c.result(keyLength);
  }
}
