package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.api.Phase;
import dev.banyan.lua.CData;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code require "ngx.ssl"}: a client's TLS connection, and its handshake while Lua decides. */
final class SslModule {
  private static final int FIRST_VERSION = 0x0300;
  private static final List<String> CONSTANTS =
      List.of("SSL3", "TLS1", "TLS1_1", "TLS1_2", "TLS1_3");
  private static final List<String> VERSIONS =
      List.of("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private static final CoreParameter AUTHORITIES =
      CoreParameter.pointer("ca_certs", "ngx_lua_ffi_ssl_verify_client", 2);
  private static final CoreParameter DEPTH =
      CoreParameter.integer("depth", "ngx_lua_ffi_ssl_verify_client", 3);

  static final String BAD_REQUEST = "bad request";

  private SslModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    for (int i = 0; i < CONSTANTS.size(); i++) {
      module.rawset(CONSTANTS.get(i) + "_VERSION", LuaNumbers.of((long) FIRST_VERSION + i));
    }
    SslMaterial.open(bindings, module);
    add(bindings, module, "clear_certs", (x, args) -> changed(x, TlsHost.Handshake::clear));
    add(bindings, module, "verify_client", SslModule::verifyClient);
    add(bindings, module, "server_name", SslModule::serverName);
    add(bindings, module, "server_port", SslModule::serverPort);
    add(bindings, module, "raw_server_addr", (x, _) -> raw(secure(x), TlsHost::local));
    add(bindings, module, "raw_client_addr", (x, _) -> raw(secure(x), TlsHost::remote));
    add(bindings, module, "get_tls1_version", SslModule::version);
    add(bindings, module, "get_tls1_version_str", SslModule::versionName);
    SslSecrets.open(bindings, module);
    bindings.vm().preload("ngx.ssl", () -> module);
  }

  static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.ssl:" + name, body));
  }

  static @Nullable TlsHost secure(Execution x) {
    TlsHost host = x.request().tls();
    return host != null && host.secure() ? host : null;
  }

  /** What a handler does to a handshake. */
  @FunctionalInterface
  interface Change {
    /** Does it. */
    void apply(TlsHost.Handshake handshake);
  }

  /** Changes the handshake; after it there is nothing left to change, as in OpenSSL. */
  static Varargs changed(Execution x, Change change) {
    TlsHost host = secure(x);
    if (host == null) {
      return Execution.failure(BAD_REQUEST);
    }
    TlsHost.Handshake handshake = host.handshake();
    if (handshake != null) {
      change.apply(handshake);
    }
    return TRUE;
  }

  private static Varargs verifyClient(Execution x, Varargs args) {
    CData authorities = AUTHORITIES.data(args.arg1());
    int depth = args.arg(2).toboolean() ? DEPTH.number(args.arg(2)) : -1;
    if (x.phase != Phase.SSL_CERTIFICATE) {
      return Execution.failure("API disabled in the current context");
    }
    return changed(
        x,
        handshake ->
            handshake.verifyClient(
                authorities == null
                    ? List.of()
                    : ClientCertificates.chain(authorities).certificates(),
                depth));
  }

  private static Varargs serverName(Execution x, Varargs args) {
    TlsHost host = secure(x);
    if (host == null) {
      return Execution.failure(BAD_REQUEST);
    }
    // OpenSSL has not looked for it yet while the client's hello is shown to Lua.
    String name = x.phase == Phase.SSL_CLIENT_HELLO ? null : host.serverName();
    return name == null ? NIL : LuaText.of(name);
  }

  private static Varargs serverPort(Execution x, Varargs args) {
    TlsHost host = x.request().tls();
    if (host == null) {
      return Execution.failure(BAD_REQUEST);
    }
    InetSocketAddress local = host.local();
    return local.isUnresolved()
        ? Execution.failure("unix domain has no port")
        : LuaNumbers.of((long) local.getPort());
  }

  private static Varargs raw(@Nullable TlsHost host, Function<TlsHost, InetSocketAddress> which) {
    if (host == null) {
      return LuaValue.varargsOf(NIL, NIL, LuaText.of(BAD_REQUEST));
    }
    InetSocketAddress address = which.apply(host);
    InetAddress inet = address.getAddress();
    if (inet == null) {
      String path = address.getHostString().substring("unix:".length());
      return LuaValue.varargsOf(
          LuaString.valueOf(path.getBytes(StandardCharsets.ISO_8859_1)), LuaText.of("unix"));
    }
    byte[] octets = inet.getAddress();
    return LuaValue.varargsOf(
        LuaString.valueOf(octets), LuaText.of(octets.length == 4 ? "inet" : "inet6"));
  }

  private static Varargs version(Execution x, Varargs args) {
    TlsHost host = secure(x);
    return host == null ? Execution.failure(BAD_REQUEST) : LuaNumbers.of((long) host.version());
  }

  private static Varargs versionName(Execution x, Varargs args) {
    TlsHost host = secure(x);
    if (host == null) {
      return Execution.failure(BAD_REQUEST);
    }
    int index = host.version() - FIRST_VERSION;
    return index >= 0 && index < VERSIONS.size()
        ? LuaText.of(VERSIONS.get(index))
        : Execution.failure("unknown version");
  }
}
