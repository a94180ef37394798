package dev.banyan.lua.ngx.resty;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.crypto.AesMode;
import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.KeyDerivation;
import java.util.Arrays;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: {@code resty.aes}. */
final class AesModule {
  private static final LuaString STATE = LuaText.of("_ctx");
  private static final LuaString SIZE = LuaText.of("size");
  private static final LuaString CIPHER = LuaText.of("cipher");
  private static final LuaString METHOD = LuaText.of("method");
  private static final LuaString IV = LuaText.of("iv");

  private final LuaVm vm;

  AesModule(LuaVm vm) {
    this.vm = vm;
  }

  Table table() {
    Table module = new Table();
    Table metatable = new Table();
    metatable.rawset(LuaValue.INDEX, module);
    Table hashes = new Table();
    for (Hash hash : Hash.values()) {
      hashes.rawset(hash.openssl(), new LuaUserdata(hash));
    }
    module.rawset("_VERSION", LuaText.of("0.16"));
    module.rawset("hash", hashes);
    module.rawset("cipher", NativeFunction.of("cipher", AesModule::cipher));
    module.rawset("new", NativeFunction.of("new", args -> create(args, metatable)));
    module.rawset("encrypt", NativeFunction.of("encrypt", AesModule::encrypt));
    module.rawset("decrypt", NativeFunction.of("decrypt", AesModule::decrypt));
    return module;
  }

  private static LuaValue cipher(Varargs args) {
    int size = LuaArgs.optInt(args, 1, 128);
    String mode = LuaArgs.optText(args, 2, "cbc");
    if (AesMode.named(mode).isEmpty() || (size != 128 && size != 192 && size != 256)) {
      throw LuaErrors.raise("missing declaration for symbol 'EVP_aes_" + size + "_" + mode + "'");
    }
    Table cipher = new Table();
    cipher.rawset(SIZE, LuaNumbers.of((long) size));
    cipher.rawset(CIPHER, LuaText.of(mode));
    cipher.rawset(METHOD, LuaText.of("aes-" + size + "-" + mode));
    return cipher;
  }

  private static Varargs refuse(String why) {
    return varargsOf(NIL, LuaText.of(why));
  }

  private Varargs create(Varargs args, Table metatable) {
    byte[] key = LuaArgs.checkBytes(args, 2);
    LuaValue cipher = args.arg(4).toboolean() ? args.arg(4) : cipher(LuaValue.NONE);
    int keyLength = LuaArgs.checkInt(Semantics.index(vm, cipher, SIZE), 4) / 8;
    Optional<AesMode> mode = AesMode.named(LuaText.latin1(Semantics.index(vm, cipher, CIPHER)));
    if (mode.isEmpty()) {
      return refuse("unknown cipher");
    }
    boolean padded = args.arg(8).isnil() || args.arg(8).toboolean();
    LuaValue hash = args.arg(5);
    if (hash instanceof LuaTable own) {
      return withOwnKey(own, key, keyLength, mode.get(), padded, metatable);
    }
    byte[] salt = LuaArgs.isNoneOrNil(args, 3) ? new byte[0] : LuaArgs.checkBytes(args, 3);
    if (args.arg(3).toboolean() && salt.length != KeyDerivation.SALT_LENGTH) {
      return refuse("salt must be 8 characters or nil");
    }
    int ivLength = LuaArgs.optInt(args, 7, keyLength);
    if (mode.get().authenticated() && ivLength <= 0) {
      return refuse("failed to set IV length");
    }
    Hash chosen =
        hash instanceof LuaUserdata userdata && userdata.userdata() instanceof Hash named
            ? named
            : Hash.MD5;
    int rounds = LuaArgs.optInt(args, 6, 1);
    byte[][] derived =
        KeyDerivation.bytesToKey(chosen, key, salt, rounds, keyLength, mode.get().ivLength());
    // as long as the key, with zeros behind what was derived: so the library hands it over
    byte[] iv = Arrays.copyOf(derived[1], mode.get().authenticated() ? ivLength : keyLength);
    return instance(new AesCipher(mode.get(), derived[0], iv, padded), metatable);
  }

  private Varargs withOwnKey(
      LuaTable hash, byte[] key, int keyLength, AesMode mode, boolean padded, Table metatable) {
    if (!(hash.get(IV) instanceof LuaString iv)) {
      return refuse("iv is needed");
    }
    if (iv.m_length > keyLength) {
      return refuse("bad iv length");
    }
    if (mode.authenticated() && iv.m_length == 0) {
      return refuse("failed to set IV length");
    }
    LuaValue method = hash.get(METHOD);
    byte[] used =
        method.toboolean()
            ? LuaText.bytes(Semantics.call(vm, method, LuaString.valueUsing(key)).arg1())
            : key;
    if (used.length != keyLength) {
      return refuse("bad key length");
    }
    return instance(new AesCipher(mode, used, LuaText.bytes(iv), padded), metatable);
  }

  private static Varargs instance(AesCipher cipher, Table metatable) {
    return ObjectState.table(STATE, cipher, metatable);
  }

  private static AesCipher state(Varargs args) {
    if (ObjectState.of(args, STATE) instanceof AesCipher cipher) {
      return cipher;
    }
    if (args.arg1() instanceof LuaTable) {
      throw ObjectState.missing(args);
    }
    throw LuaErrors.raise("bad argument #1 self: table expected, got " + args.arg1().typename());
  }

  private static Varargs encrypt(Varargs args) {
    AesCipher cipher = state(args);
    Optional<byte[]> encrypted = cipher.encrypt(LuaArgs.checkBytes(args, 2), associated(args, 3));
    if (encrypted.isEmpty()) {
      return refuse("EVP_EncryptFinal_ex failed");
    }
    byte[] bytes = encrypted.get();
    if (!cipher.mode().authenticated()) {
      return LuaString.valueUsing(bytes);
    }
    int length = bytes.length - AesCipher.TAG_LENGTH;
    Table pair = new Table(2, 0);
    pair.rawset(1, LuaString.valueOf(bytes, 0, length));
    pair.rawset(2, LuaString.valueOf(bytes, length, AesCipher.TAG_LENGTH));
    return pair;
  }

  private static Varargs decrypt(Varargs args) {
    AesCipher cipher = state(args);
    byte[] text = LuaArgs.checkBytes(args, 2);
    if (cipher.mode().authenticated() && !args.arg(3).isnil()) {
      cipher.tag(LuaArgs.checkBytes(args, 3));
    }
    return cipher
        .decrypt(text, associated(args, 4))
        .<Varargs>map(LuaString::valueUsing)
        .orElseGet(() -> refuse("EVP_DecryptFinal_ex failed"));
  }

  /** What belongs to the tag and isn't encrypted; a mode without a tag doesn't look. */
  private static byte[] associated(Varargs args, int index) {
    boolean given = state(args).mode().authenticated() && !args.arg(index).isnil();
    return given ? LuaArgs.checkBytes(args, index) : new byte[0];
  }
}
