package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import dev.banyan.lua.crypto.KeyForms;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The certificates and keys of {@code ngx.ssl}. */
final class SslMaterial {
  private static final String PREFIX = "ngx_lua_ffi_";
  private static final CoreParameter CLOSED_KEY =
      CoreParameter.octets("pem", PREFIX + "priv_key_pem_to_der", 1);
  private static final CoreParameter PASSPHRASE =
      CoreParameter.octets("passphrase", PREFIX + "priv_key_pem_to_der", 3);
  private static final String NO_PRIVATE_KEY = "invalid private key failed";
  private static final String NO_CHAIN = "invalid certificate chain";
  private static final String NO_CERTIFICATE = "PEM_read_bio_X509_AUX() failed";
  private static final String NO_KEY = "PEM_read_bio_PrivateKey() failed";
  private static final String NO_DER_CERTIFICATE = "d2i_X509_bio() failed";
  private static final String ANOTHER_KEY = "SSL_use_PrivateKey() failed";
  private static final String NO_DER_KEY = "d2i_PrivateKey_bio() failed";

  private SslMaterial() {}

  static void open(Bindings bindings, Table module) {
    CoreParameter pemChain = CoreParameter.octets("pem", PREFIX + "parse_pem_cert", 1);
    read(bindings, module, "parse_pem_cert", (x, args) -> chain(pem(x, pemChain, args)));
    CoreParameter pemKey = CoreParameter.octets("pem", PREFIX + "parse_pem_priv_key", 1);
    read(
        bindings,
        module,
        "parse_pem_priv_key",
        (x, args) -> new CData(pemKey(x, pemKey.bytes(args.arg1()), null)));
    CoreParameter derChain = CoreParameter.text("der", PREFIX + "parse_der_cert", 1);
    read(
        bindings,
        module,
        "parse_der_cert",
        (x, args) -> chain(derChain(x, derChain.bytes(args.arg1()))));
    CoreParameter derKey = CoreParameter.text("der", PREFIX + "parse_der_priv_key", 1);
    read(
        bindings,
        module,
        "parse_der_priv_key",
        (x, args) -> new CData(derKey(x, derKey.bytes(args.arg1()))));
    CoreParameter chain = CoreParameter.octets("pem", PREFIX + "cert_pem_to_der", 1);
    read(bindings, module, "cert_pem_to_der", (x, args) -> der(pem(x, chain, args)));
    read(bindings, module, "priv_key_pem_to_der", SslMaterial::keyToDer);
    openSettings(bindings, module);
  }

  private static void openSettings(Bindings bindings, Table module) {
    CoreParameter derChain = CoreParameter.text("data", PREFIX + "ssl_set_der_certificate", 2);
    setting(
        bindings, module, "set_der_cert", derChain::bytes, (x, der) -> show(x, derChain(x, der)));
    CoreParameter derKey = CoreParameter.text("data", PREFIX + "ssl_set_der_private_key", 2);
    setting(
        bindings, module, "set_der_priv_key", derKey::bytes, (x, der) -> prove(x, derKey(x, der)));
    CoreParameter chain = CoreParameter.pointer("cert", PREFIX + "set_cert", 2);
    setting(
        bindings,
        module,
        "set_cert",
        chain::data,
        (x, data) -> show(x, ClientCertificates.chain(made(data, NO_CHAIN)).certificates()));
    CoreParameter key = CoreParameter.pointer("priv_key", PREFIX + "set_priv_key", 2);
    setting(
        bindings,
        module,
        "set_priv_key",
        key::data,
        (x, data) -> prove(x, ClientCertificates.key(made(data, NO_PRIVATE_KEY))));
  }

  /** What can't be read, in OpenSSL's words. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message, @Nullable Throwable cause) {
      super(message, cause, false, false);
    }
  }

  /** What changes the handshake, by what its argument holds. */
  @FunctionalInterface
  private interface Setting<T extends @Nullable Object> {
    Varargs set(Execution x, T argument) throws Unreadable;
  }

  /** Adds what changes the handshake, and looks at nothing but its argument where there is none. */
  private static <T extends @Nullable Object> void setting(
      Bindings bindings,
      Table module,
      String name,
      Function<LuaValue, T> argument,
      Setting<T> setting) {
    SslModule.add(
        bindings,
        module,
        name,
        (x, args) -> {
          T given = argument.apply(args.arg1());
          if (SslModule.secure(x) == null) {
            return Execution.failure(SslModule.BAD_REQUEST);
          }
          try {
            return setting.set(x, given);
          } catch (Unreadable e) {
            return Execution.failure(String.valueOf(e.getMessage()));
          }
        });
  }

  private static CData made(@Nullable CData data, String otherwise) throws Unreadable {
    if (data == null) {
      throw new Unreadable(otherwise, null);
    }
    return data;
  }

  /** What makes one thing of another, whether there is a handshake or not. */
  @FunctionalInterface
  private interface Reading {
    Varargs read(Execution x, Varargs args) throws Unreadable, GeneralSecurityException;
  }

  private static void read(Bindings bindings, Table module, String name, Reading reading) {
    SslModule.add(
        bindings,
        module,
        name,
        (x, args) -> {
          try {
            return reading.read(x, args);
          } catch (Unreadable | GeneralSecurityException e) {
            return Execution.failure(String.valueOf(e.getMessage()));
          }
        });
  }

  private static List<X509Certificate> pem(Execution x, CoreParameter parameter, Varargs args)
      throws Unreadable {
    return pemChain(x, parameter.bytes(args.arg1()));
  }

  private static Varargs keyToDer(Execution x, Varargs args)
      throws Unreadable, GeneralSecurityException {
    byte[] text = CLOSED_KEY.bytes(args.arg1());
    LuaString phrase = PASSPHRASE.optional(args.arg(2));
    PrivateKey key = pemKey(x, text, phrase == null ? null : LuaText.bytes(phrase));
    return LuaString.valueOf(KeyForms.traditional(key));
  }

  private static List<X509Certificate> pemChain(Execution x, byte[] text) throws Unreadable {
    try {
      return x.worker().keyMaterial().certificates(text);
    } catch (GeneralSecurityException e) {
      throw new Unreadable(NO_CERTIFICATE, e);
    }
  }

  private static PrivateKey pemKey(Execution x, byte[] text, byte @Nullable [] phrase)
      throws Unreadable {
    try {
      WorkerHost.KeyMaterial material = x.worker().keyMaterial();
      return phrase == null ? material.key(text) : material.key(text, phrase);
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
}
