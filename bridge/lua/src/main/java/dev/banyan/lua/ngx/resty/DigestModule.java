package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.crypto.Hash;
import java.security.MessageDigest;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One of {@code resty.md5}, {@code resty.sha1} … {@code resty.sha512}: digests fed piece by piece.
 */
final class DigestModule {
  private static final LuaString STATE = LuaText.of("_ctx");

  private final Hash hash;

  DigestModule(Hash hash) {
    this.hash = hash;
  }

  Table table() {
    Table module = new Table();
    Table metatable = new Table();
    metatable.rawset(LuaValue.INDEX, module);
    module.rawset("_VERSION", LuaText.of("0.15"));
    module.rawset("new", NativeFunction.of("new", args -> create(metatable)));
    module.rawset("update", NativeFunction.of("update", DigestModule::update));
    module.rawset(
        "final", NativeFunction.of("final", args -> LuaString.valueUsing(state(args).digest())));
    module.rawset("reset", NativeFunction.of("reset", DigestModule::reset));
    return module;
  }

  private LuaValue create(Table metatable) {
    return ObjectState.table(STATE, hash.digest(), metatable);
  }

  private static MessageDigest state(Varargs args) {
    if (ObjectState.of(args, STATE) instanceof MessageDigest digest) {
      return digest;
    }
    throw ObjectState.missing(args);
  }

  private static Varargs update(Varargs args) {
    MessageDigest digest = state(args);
    LuaString text = LuaArgs.checkString(args, 2);
    int length = args.arg(3).toboolean() ? LuaArgs.checkInt(args, 3) : text.m_length;
    digest.update(text.m_bytes, text.m_offset, Math.clamp(length, 0, text.m_length));
    return LuaValue.TRUE;
  }

  private static Varargs reset(Varargs args) {
    state(args).reset();
    return LuaValue.TRUE;
  }
}
