package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.Table;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The certificates and keys of {@code ngx.ssl}. */
final class SslMaterial {
  private static final String NO_CERTIFICATE = "PEM_read_bio_X509_AUX() failed";
  private static final String NO_KEY = "PEM_read_bio_PrivateKey() failed";
  private static final String NO_DER_CERTIFICATE = "d2i_X509_bio() failed";
  private static final String ANOTHER_KEY = "SSL_use_PrivateKey() failed";
  private static final String NO_DER_KEY = "d2i_PrivateKey_bio() failed";

  private SslMaterial() {}

  static void open(Bindings bindings, Table module) {
    add(bindings, module, "parse_pem_cert", (x, text) -> chain(pemChain(x, text)));
    add(bindings, module, "parse_pem_priv_key", (x, text) -> new CData(pemKey(x, text)));
    add(bindings, module, "cert_pem_to_der", (x, text) -> der(pemChain(x, text)));
    add(
        bindings,
        module,
        "priv_key_pem_to_der",
        (x, text) -> LuaString.valueOf(pemKey(x, text).getEncoded()));
    addSetting(bindings, module, "set_der_cert", (x, args) -> show(x, derChain(x, der(args))));
    addSetting(bindings, module, "set_der_priv_key", (x, args) -> prove(x, derKey(x, der(args))));
    addSetting(bindings, module, "set_cert", (x, args) -> show(x, chain(args)));
    addSetting(bindings, module, "set_priv_key", (x, args) -> prove(x, key(args)));
  }

  /** What can't be read, in OpenSSL's words. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message, Throwable cause) {
      super(message, cause, false, false);
    }
  }

  /** A function that changes the handshake, and looks at nothing where there is none. */
  @FunctionalInterface
  private interface Setting {
    Varargs set(Execution x, Varargs args) throws Unreadable;
  }

  private static void addSetting(Bindings bindings, Table module, String name, Setting setting) {
    SslModule.add(
        bindings,
        module,
        name,
        (x, args) -> {
          if (SslModule.secure(x) == null) {
            return Execution.failure(SslModule.BAD_REQUEST);
          }
          try {
            return setting.set(x, args);
          } catch (Unreadable e) {
            return Execution.failure(String.valueOf(e.getMessage()));
          }
        });
  }

  private static byte[] der(Varargs args) {
    return LuaArgs.checkBytes(args, 1);
  }

  /** A function of one string. */
  @FunctionalInterface
  private interface Reading {
    Varargs read(Execution x, byte[] bytes) throws Unreadable, GeneralSecurityException;
  }

  private static void add(Bindings bindings, Table module, String name, Reading reading) {
    SslModule.add(
        bindings,
        module,
        name,
        (x, args) -> {
          try {
            byte[] bytes = LuaArgs.checkBytes(args, 1);
            return reading.read(x, bytes);
          } catch (Unreadable | GeneralSecurityException e) {
            return Execution.failure(String.valueOf(e.getMessage()));
          }
        });
  }

  private static List<X509Certificate> pemChain(Execution x, byte[] text) throws Unreadable {
    try {
      return x.worker().keyMaterial().certificates(text);
    } catch (GeneralSecurityException e) {
      throw new Unreadable(NO_CERTIFICATE, e);
    }
  }

  private static PrivateKey pemKey(Execution x, byte[] text) throws Unreadable {
    try {
      return x.worker().keyMaterial().key(text);
    } catch (GeneralSecurityException e) {
      throw new Unreadable(NO_KEY, e);
    }
  }

  private static List<X509Certificate> derChain(Execution x, byte[] der) throws Unreadable {
    try {
      return x.worker().keyMaterial().derCertificates(der);
    } catch (GeneralSecurityException e) {
      throw new Unreadable(NO_DER_CERTIFICATE, e);
    }
  }

  private static PrivateKey derKey(Execution x, byte[] der) throws Unreadable {
    try {
      return x.worker().keyMaterial().derKey(der);
    } catch (GeneralSecurityException e) {
      throw new Unreadable(NO_DER_KEY, e);
    }
  }

  private static CData chain(List<X509Certificate> certificates) {
    return new CData(new ClientCertificates.Chain(certificates));
  }

  private static LuaString der(List<X509Certificate> certificates) throws GeneralSecurityException {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    for (X509Certificate certificate : certificates) {
      der.writeBytes(certificate.getEncoded());
    }
    return LuaString.valueOf(der.toByteArray());
  }

  private static Varargs show(Execution x, List<X509Certificate> certificates) {
    return SslModule.changed(x, handshake -> handshake.chain(certificates));
  }

  private static Varargs prove(Execution x, PrivateKey key) {
    boolean[] taken = {true};
    Varargs result = SslModule.changed(x, handshake -> taken[0] = handshake.key(key));
    return taken[0] ? result : Execution.failure(ANOTHER_KEY);
  }

  private static List<X509Certificate> chain(Varargs args) {
    return ClientCertificates.chain(data(args)).certificates();
  }

  private static PrivateKey key(Varargs args) {
    return ClientCertificates.key(data(args));
  }

  private static CData data(Varargs args) {
    LuaValue value = args.arg1();
    if (value instanceof CData data) {
      return data;
    }
    throw LuaErrors.argument(1, "cdata expected, got " + value.typename());
  }
}
