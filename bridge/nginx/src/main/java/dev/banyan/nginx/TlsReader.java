package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.syntax.Directive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Owned by the thread that loads a configuration: reads {@link TlsSettings}. */
final class TlsReader {
  private final Scope scope;

  TlsReader(Scope scope) {
    this.scope = scope;
  }

  TlsSettings read() {
    LuaReader lua = new LuaReader(scope);
    List<TlsSettings.Certificate> certificates = certificates();
    if (certificates.isEmpty() && !scope.flag("ssl_reject_handshake", false)) {
      Directive ssl = scope.one("ssl");
      if (ssl != null && ssl.arg(0).equalsIgnoreCase("on")) {
        scope.problem(ssl, "no \"ssl_certificate\" is defined for the \"ssl\" directive");
      }
      for (LuaPhase phase : List.of(LuaPhase.SSL_CLIENT_HELLO, LuaPhase.SSL_CERTIFICATE)) {
        String name = phase.directive();
        scope.nearest(name, name + "_block", name + "_file").stream()
            .findFirst()
            .ifPresent(d -> scope.problem(d, "no ssl configured for the server"));
      }
    }
    return new TlsSettings(
        certificates,
        ProxyTlsReader.protocols(scope, "ssl_protocols", ProxyTlsReader.DEFAULT_PROTOCOLS),
        scope.text("ssl_ciphers", "HIGH:!aNULL:!MD5"),
        scope.flag("ssl_prefer_server_ciphers", false),
        List.of(scope.text("ssl_ecdh_curve", "auto").split(":")),
        scope.choice("ssl_verify_client", TlsSettings.VerifyClient.OFF),
        scope.number("ssl_verify_depth", 1),
        ProxyTlsReader.confFile(scope, "ssl_client_certificate"),
        ProxyTlsReader.confFile(scope, "ssl_trusted_certificate"),
        ProxyTlsReader.confFile(scope, "ssl_crl"),
        ProxyTlsReader.passwords(scope, "ssl_password_file"),
        scope.text("ssl_session_cache", "none"),
        scope.time("ssl_session_timeout", Duration.ofMinutes(5)),
        scope.flag("ssl_session_tickets", true),
        scope.flag("ssl_stapling", false),
        scope.flag("ssl_reject_handshake", false),
        lua.handler(LuaPhase.SSL_CLIENT_HELLO),
        lua.handler(LuaPhase.SSL_CERTIFICATE),
        lua.handler(LuaPhase.SSL_SESSION_FETCH),
        lua.handler(LuaPhase.SSL_SESSION_STORE));
  }

  private List<TlsSettings.Certificate> certificates() {
    List<Directive> files = scope.nearest("ssl_certificate");
    List<Directive> keys = scope.nearest("ssl_certificate_key");
    List<TlsSettings.Certificate> all = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Directive file = files.get(i);
      if (i >= keys.size()) {
        scope.problem(
            file, "no \"ssl_certificate_key\" is defined for certificate \"" + file.arg(0) + "\"");
      } else {
        all.add(
            new TlsSettings.Certificate(
                scope.compiler().confPath(file, file.arg(0)),
                scope.compiler().confPath(keys.get(i), keys.get(i).arg(0))));
      }
    }
    return all;
  }
}
