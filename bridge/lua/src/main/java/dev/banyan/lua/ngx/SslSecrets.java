package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;

import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What {@code ngx.ssl} tells of a session's random octets and secrets. */
final class SslSecrets {
  private static final int MOST_RANDOM = 32;
  private static final int MOST_EXPORTED = 1 << 20;

  private static final CoreParameter LABEL =
      CoreParameter.text("label", "ngx_http_lua_ffi_ssl_export_keying_material", 4);
  private static final CoreParameter CONTEXT =
      CoreParameter.octets("context", "ngx_http_lua_ffi_ssl_export_keying_material", 6);

  private SslSecrets() {}

  static void open(Bindings bindings, Table module) {
    SslModule.add(bindings, module, "get_client_random", SslSecrets::clientRandom);
    SslModule.add(bindings, module, "export_keying_material", SslSecrets::export);
    SslModule.add(bindings, module, "export_keying_material_early", (x, _) -> early(x));
    SslModule.add(
        bindings,
        module,
        "get_req_ssl_pointer",
        (x, _) -> Execution.failure(x.request().tls() == null ? "bad request" : "no ssl object"));
  }

  /** So many of the client's random octets, or for none, how many there are. */
  private static Varargs clientRandom(Execution x, Varargs args) {
    TlsHost host = SslModule.secure(x);
    double length = args.arg1().isnil() ? MOST_RANDOM : Pipe.number(args.arg1());
    if (host == null) {
      return Execution.failure(SslModule.BAD_REQUEST);
    }
    byte[] random = host.clientRandom();
    return length == 0
        ? LuaNumbers.of((long) random.length)
        : LuaString.valueOf(random, 0, (int) Math.clamp(length, 0, random.length));
  }

  private static Varargs export(Execution x, Varargs args) {
    TlsHost host = SslModule.secure(x);
    double length = Pipe.number(args.arg1());
    String label = LuaText.latin1(LABEL.string(args.arg(2)));
    LuaValue context = args.arg(3);
    byte[] given = context.toboolean() ? CONTEXT.bytes(context) : null;
    if (host == null) {
      return Execution.failure(SslModule.BAD_REQUEST);
    }
    if (length < 1 || length > MOST_EXPORTED) {
      return NIL;
    }
    byte[] secret = host.export(label, given, (int) length);
    return secret == null ? NIL : LuaString.valueUsing(secret);
  }

  /** As where a session was not resumed with early data. */
  private static Varargs early(Execution x) {
    return SslModule.secure(x) == null ? Execution.failure(SslModule.BAD_REQUEST) : NIL;
  }
}
