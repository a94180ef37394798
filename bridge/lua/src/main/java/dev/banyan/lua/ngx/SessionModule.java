package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import org.luaj.vm2.Varargs;

/**
 * {@code require "ngx.ssl.session"}: loads as on nginx, so that code which has it for its session
 * handlers runs. The JDK neither shows nor takes the state of a TLS session, so each function
 * fails.
 */
final class SessionModule {
  private static final String REFUSAL = "the JVM's TLS doesn't let Lua read or set sessions";

  private static final CoreParameter SESSION =
      CoreParameter.octets("sess", "ngx_http_lua_ffi_ssl_set_serialized_session", 2);

  private SessionModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(bindings, module, "get_session_id", (x, _) -> refuse(x));
    add(bindings, module, "get_serialized_session", (x, _) -> refuse(x));
    add(
        bindings,
        module,
        "set_serialized_session",
        (x, args) -> {
          SESSION.string(args.arg1());
          return refuse(x);
        });
    bindings.vm().preload("ngx.ssl.session", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.ssl.session:" + name, body));
  }

  private static Varargs refuse(Execution x) {
    return Execution.failure(SslModule.secure(x) == null ? SslModule.BAD_REQUEST : REFUSAL);
  }
}
