package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Expansion;
import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.Scrypt;
import dev.banyan.lua.crypto.Stretching;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** OpenSSL's derivation of keys: PBKDF2, scrypt, and by a context HKDF and TLS's. */
final class CDerivations {
  private static final int BOTH = 0;
  private static final int EXTRACT = 1;
  private static final int EXPAND = 2;

  /** What scrypt may use where nothing is told, in octets. */
  private static final long USUAL_MEMORY = 32L * 1025 * 1024;

  private static final long MOST_MEMORY = 1L << 30;
  private static final int MOST_NUMBER = 1 << 20;

  private CDerivations() {}

  /** Owned by one machine: an {@code EVP_PKEY_CTX} that keys are derived by. */
  private static final class Context {
    private final boolean hkdf;
    private int mode = BOTH;
    private @Nullable Hash hash;
    private byte @Nullable [] secret;
    private byte[] salt = new byte[0];
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    Context(boolean hkdf) {
      this.hkdf = hkdf;
    }

    /** How long the key is that comes out; empty when any length may be asked for. */
    Optional<Integer> length() {
      return Optional.ofNullable(hash).filter(known -> hkdf && mode == EXTRACT).map(Hash::length);
    }

    /** Why nothing comes out, where OpenSSL says it. */
    Optional<CFault> missing() {
      return Optional.of(CFault.NO_SEED).filter(fault -> !hkdf && text.size() == 0);
    }

    Optional<byte[]> derived(int length) {
      Hash known = hash;
      byte[] key = secret;
      if (known == null || key == null) {
        return Optional.empty();
      }
      if (!hkdf) {
        byte[] seed = text.toByteArray();
        return seed.length == 0
            ? Optional.empty()
            : Optional.of(Expansion.tls(known, key, seed, length));
      }
      byte[] extracted = mode == EXPAND ? key : Expansion.extract(known, salt, key);
      if (mode == EXTRACT) {
        return Optional.of(extracted);
      }
      return length > Expansion.MOST_BLOCKS * known.length()
          ? Optional.empty()
          : Optional.of(Expansion.expand(known, extracted, text.toByteArray(), length));
    }
  }

  static Map<String, CFunction> functions() {
    return Map.ofEntries(
        of("PKCS5_PBKDF2_HMAC", 8, CDerivations::pbkdf2),
        of("EVP_PBE_scrypt", 10, CDerivations::scrypt),
        of("EVP_PKEY_derive_init", 1, CAgreements::begin),
        of("EVP_PKEY_CTX_set_hkdf_md", 2, CDerivations::hash),
        of("EVP_PKEY_CTX_set_tls1_prf_md", 2, CDerivations::hash),
        of("EVP_PKEY_CTX_set1_hkdf_salt", 3, c -> given(c, salt -> context(c).salt = salt)),
        of("EVP_PKEY_CTX_set1_hkdf_key", 3, c -> given(c, key -> context(c).secret = key)),
        of("EVP_PKEY_CTX_set1_tls1_prf_secret", 3, c -> given(c, key -> context(c).secret = key)),
        of("EVP_PKEY_CTX_add1_hkdf_info", 3, c -> given(c, context(c).text::writeBytes)),
        of("EVP_PKEY_CTX_add1_tls1_prf_seed", 3, c -> given(c, context(c).text::writeBytes)),
        of("EVP_PKEY_CTX_set_hkdf_mode", 2, CDerivations::mode),
        of("EVP_PKEY_derive", 3, CAgreements::derive));
  }

  private static Map.Entry<String, CFunction> of(
      String name, int arity, Function<CArguments, LuaValue> body) {
    return Map.entry(name, new CFunction(arity, body));
  }

  private static Context context(CArguments c) {
    return c.object(1, Context.class);
  }

  static LuaValue create(CArguments c) {
    long number = c.integer(1);
    boolean hkdf = number == CNumbers.of("HKDF");
    return hkdf || number == CNumbers.of("TLS1-PRF") ? c.made(new Context(hkdf)) : c.nullResult();
  }

  private static LuaValue hash(CArguments c) {
    Optional<Hash> hash = CDigests.hash(c, 2);
    hash.ifPresent(known -> context(c).hash = known);
    return c.result(hash.isPresent() ? 1 : 0);
  }

  private static LuaValue given(CArguments c, Consumer<byte[]> setter) {
    if (c.integer(3) < 0) {
      return c.result(0);
    }
    setter.accept(c.counted(2, 3));
    return c.result(1);
  }

  private static LuaValue mode(CArguments c) {
    int mode = (int) c.integer(2);
    if (mode < BOTH || mode > EXPAND) {
      return c.result(0);
    }
    context(c).mode = mode;
    return c.result(1);
  }

  /** The length is where the third argument points to, unless the kind of key has its own. */
  static LuaValue derive(CArguments c) {
    Context context = context(c);
    int length = context.length().orElse((int) Math.clamp(c.sizeAt(3), 0, MOST_MEMORY));
    c.burn(length);
    Optional<byte[]> key = context.derived(length);
    key.ifPresentOrElse(
        octets -> {
          c.store(c.pointer(2), octets);
          c.storeSize(3, octets.length);
        },
        () -> context.missing().ifPresent(c.objects()::fail));
    return c.result(key.isPresent() ? 1 : 0);
  }

  private static LuaValue pbkdf2(CArguments c) {
    Optional<Hash> hash = CDigests.hash(c, 6);
    long length = c.integer(7);
    if (hash.isEmpty() || length < 0) {
      return c.result(0);
    }
    int rounds = Math.clamp(c.integer(5), 1, Integer.MAX_VALUE);
    int blocks = Math.ceilDiv((int) length, hash.get().length());
    c.burn(Math.multiplyFull(rounds, Math.max(blocks, 1)));
    byte[] password = counted(c, 1, 2);
    byte[] salt = counted(c, 3, 4);
    c.store(c.pointer(8), Stretching.pbkdf2(hash.get(), password, salt, rounds, (int) length));
    return c.result(1);
  }

  /** The bytes that one argument points to; none from NULL. */
  private static byte[] counted(CArguments c, int index, int count) {
    return c.pointer(index).isNull() ? new byte[0] : c.counted(index, count);
  }

  private static LuaValue scrypt(CArguments c) {
    long cost = c.integer(5);
    long blocks = c.integer(6);
    long lanes = c.integer(7);
    boolean fits = cost > 1 && Long.bitCount(cost) == 1 && cost <= MOST_NUMBER;
    if (!fits || outside(blocks) || outside(lanes)) {
      return c.result(0);
    }
    long told = c.integer(8);
    long most = Math.min(told == 0 ? USUAL_MEMORY : Math.max(told, 0), MOST_MEMORY);
    if (Scrypt.memory(cost, blocks, lanes) > most) {
      c.objects().fail(CFault.MEMORY);
      return c.result(0);
    }
    c.burn(2 * cost * blocks * lanes);
    byte[] password = counted(c, 1, 2);
    byte[] salt = counted(c, 3, 4);
    int length = (int) Math.min(c.count(10), MOST_MEMORY);
    if (!c.pointer(9).isNull()) {
      c.store(
          c.pointer(9), Scrypt.key(password, salt, (int) cost, (int) blocks, (int) lanes, length));
    }
    return c.result(1);
  }

  private static boolean outside(long number) {
    return number < 1 || number > MOST_NUMBER;
  }
}
