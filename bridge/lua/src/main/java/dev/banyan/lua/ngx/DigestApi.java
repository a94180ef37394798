package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.ngx.text.Digests;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: the checksums and digests of {@code ngx}. */
public final class DigestApi {
  private final LuaVm vm;

  /** The functions of a machine. */
  public DigestApi(LuaVm vm) {
    this.vm = vm;
  }

  /** Adds the functions to {@code ngx}. */
  public void open(Table ngx) {
    ngx.rawset("crc32_short", NativeFunction.one("crc32_short", this::crc32));
    ngx.rawset("crc32_long", NativeFunction.one("crc32_long", this::crc32));
    ngx.rawset(
        "md5",
        NativeFunction.one("md5", v -> LuaString.valueUsing(Digests.hex(digest(Hash.MD5, v)))));
    ngx.rawset(
        "md5_bin", NativeFunction.one("md5_bin", v -> LuaString.valueUsing(digest(Hash.MD5, v))));
    ngx.rawset(
        "sha1_bin",
        NativeFunction.one("sha1_bin", v -> LuaString.valueUsing(digest(Hash.SHA1, v))));
    ngx.rawset("hmac_sha1", NativeFunction.of("hmac_sha1", DigestApi::hmacSha1));
  }

  private LuaValue crc32(LuaValue value) {
    LuaString text = Coerce.stringOrEmpty(vm, value);
    return LuaNumbers.of(Digests.crc32(text.m_bytes, text.m_offset, text.m_length));
  }

  private byte[] digest(Hash hash, LuaValue value) {
    LuaString text = Coerce.stringOrEmpty(vm, value);
    return Digests.digest(hash, text.m_bytes, text.m_offset, text.m_length);
  }

  private static Varargs hmacSha1(Varargs args) {
    if (args.narg() != 2) {
      throw LuaErrors.raise("expecting 2 arguments, but got " + args.narg());
    }
    return LuaString.valueUsing(
        Digests.hmacSha1(LuaArgs.checkBytes(args, 1), LuaArgs.checkBytes(args, 2)));
  }
}
