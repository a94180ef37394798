package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/** {@code require "ngx.ssl"}: certificates and keys for cosockets, and the versions' numbers. */
final class SslModule {
  private static final String NO_CERTIFICATE = "PEM_read_bio_X509_AUX() failed";
  private static final String NO_KEY = "PEM_read_bio_PrivateKey() failed";

  private SslModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    int version = 0x0300;
    for (String name : new String[] {"SSL3", "TLS1", "TLS1_1", "TLS1_2", "TLS1_3"}) {
      module.rawset(name + "_VERSION", LuaNumbers.of((long) version++));
    }
    add(bindings, module, "parse_pem_cert", SslModule::certificates);
    add(bindings, module, "parse_pem_priv_key", SslModule::key);
    add(bindings, module, "cert_pem_to_der", SslModule::certificatesToDer);
    add(bindings, module, "priv_key_pem_to_der", SslModule::keyToDer);
    bindings.vm().preload("ngx.ssl", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.ssl:" + name, body));
  }

  private static Varargs certificates(Execution x, Varargs args) {
    byte[] text = LuaArgs.checkBytes(args, 1);
    try {
      return new CData(new ClientCertificates.Chain(x.worker().keyMaterial().certificates(text)));
    } catch (GeneralSecurityException e) {
      return Execution.failure(NO_CERTIFICATE);
    }
  }

  private static Varargs key(Execution x, Varargs args) {
    byte[] text = LuaArgs.checkBytes(args, 1);
    try {
      return new CData(x.worker().keyMaterial().key(text));
    } catch (GeneralSecurityException e) {
      return Execution.failure(NO_KEY);
    }
  }

  private static Varargs certificatesToDer(Execution x, Varargs args) {
    byte[] text = LuaArgs.checkBytes(args, 1);
    try {
      ByteArrayOutputStream der = new ByteArrayOutputStream();
      for (X509Certificate certificate : x.worker().keyMaterial().certificates(text)) {
        der.writeBytes(certificate.getEncoded());
      }
      return LuaString.valueOf(der.toByteArray());
    } catch (GeneralSecurityException e) {
      return Execution.failure(NO_CERTIFICATE);
    }
  }

  private static Varargs keyToDer(Execution x, Varargs args) {
    byte[] text = LuaArgs.checkBytes(args, 1);
    try {
      return LuaString.valueOf(x.worker().keyMaterial().key(text).getEncoded());
    } catch (GeneralSecurityException e) {
      return Execution.failure(NO_KEY);
    }
  }
}
