package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaErrors;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code tcpsock:setclientcert}: what a cosocket shows when a server asks who it is. */
final class ClientCertificates {
  private ClientCertificates() {}

  static Varargs set(Execution x, Varargs args) {
    TcpSocket socket = TcpSockets.self(x, args);
    LuaValue chain = args.arg(2);
    LuaValue key = args.arg(3);
    if (!chain.toboolean() && !key.toboolean()) {
      socket.identity = null;
      return TRUE;
    }
    if (!chain.toboolean() || !key.toboolean()) {
      return Execution.failure(
          "client certificate must be supplied with corresponding private key");
    }
    if (!(chain instanceof CData certificates)) {
      return Execution.failure("bad cert arg: cdata expected, got " + chain.typename());
    }
    if (!(key instanceof CData secret)) {
      return Execution.failure("bad pkey arg: cdata expected, got " + key.typename());
    }
    socket.identity = new StreamSocket.Identity(chain(certificates).certificates(), key(secret));
    return TRUE;
  }

  /** The chain that {@code parse_pem_cert} made. */
  static Chain chain(CData value) {
    if (value.userdata() instanceof Chain chain) {
      return chain;
    }
    throw LuaErrors.raise("bad cert arg: not made by ngx.ssl");
  }

  /** The key that {@code parse_pem_priv_key} made. */
  static PrivateKey key(CData value) {
    if (value.userdata() instanceof PrivateKey key) {
      return key;
    }
    throw LuaErrors.raise("bad pkey arg: not made by ngx.ssl");
  }

  /** A chain of certificates behind a value of Lua. */
  record Chain(List<X509Certificate> certificates) {}
}
