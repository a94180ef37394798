package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import java.util.random.RandomGenerator;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code resty.websocket.protocol}, which OpenResty's own keeps in C's memory. With it the server
 * and the client of lua-resty-websocket run as they are.
 */
final class WebSocketModule {
  private static final LuaResource PROTOCOL = new LuaResource("websocket_protocol.lua");
  private static final int KEY_OCTETS = 4;

  private final RandomGenerator random;

  /** The module, with keys of {@code random}: nobody may foresee them (RFC 6455, section 10.3). */
  WebSocketModule(RandomGenerator random) {
    this.random = random;
  }

  LuaValue load(LuaVm vm) {
    return PROTOCOL.load(
        vm,
        NativeFunction.of("mask", WebSocketModule::mask),
        NativeFunction.of("new_key", this::newKey));
  }

  /** A payload with its mask on, or off again: RFC 6455, section 5.3. */
  private static Varargs mask(Varargs args) {
    byte[] octets = LuaArgs.checkBytes(args, 1);
    byte[] key = LuaArgs.checkBytes(args, 2);
    for (int i = 0; i < octets.length; i++) {
      octets[i] ^= key[i % KEY_OCTETS];
    }
    return LuaString.valueUsing(octets);
  }

  private Varargs newKey(Varargs args) {
    byte[] key = new byte[KEY_OCTETS];
    random.nextBytes(key);
    return LuaString.valueUsing(key);
  }
}
