package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code require "ngx.ocsp"}: whom to ask about a certificate, what to ask, and what the answer
 * says. The JDK has no place for an answer in a handshake, so giving it one fails.
 */
final class OcspModule {
  private static final int BUFFER = 4096;
  private static final double LARGEST = 0x1p31 - 16;
  private static final int STATUS_REQUEST = 5;

  private static final CoreParameter WHOM =
      CoreParameter.text("certs", "ngx_http_lua_ffi_ssl_get_ocsp_responder_from_der_chain", 1);
  private static final CoreParameter WHAT =
      CoreParameter.text("certs", "ngx_http_lua_ffi_ssl_create_ocsp_request", 1);
  private static final CoreParameter RESPONSE =
      CoreParameter.octets("resp", "ngx_http_lua_ffi_ssl_validate_ocsp_response", 1);
  private static final CoreParameter CHAIN =
      CoreParameter.text("chain", "ngx_http_lua_ffi_ssl_validate_ocsp_response", 3);
  private static final CoreParameter STAPLED =
      CoreParameter.octets("ocsp_resp", "ngx_http_lua_ffi_ssl_set_ocsp_status_resp", 2);

  private final NgxLibraries.Settings settings;

  private OcspModule(NgxLibraries.Settings settings) {
    this.settings = settings;
  }

  static void open(Bindings bindings, NgxLibraries.Settings settings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(bindings, module, "get_ocsp_responder_from_der_chain", OcspModule::responder);
    add(bindings, module, "create_ocsp_request", OcspModule::request);
    add(bindings, module, "validate_ocsp_response", new OcspModule(settings)::validate);
    add(bindings, module, "set_ocsp_status_resp", OcspModule::staple);
    bindings.vm().preload("ngx.ocsp", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.ocsp:" + name, body));
  }

  /** How much fits into what C writes to; what C takes for a size is never negative. */
  private static int buffer(LuaValue size) {
    if (!size.toboolean()) {
      return BUFFER;
    }
    if (!(size instanceof LuaNumber number)) {
      throw LuaErrors.raise("attempt to compare number with " + size.typename());
    }
    double octets = number.todouble();
    if (octets >= LARGEST) {
      throw LuaErrors.raise(
          "bad argument #1 to 'ffi_new' (size of C type is unknown or too large)");
    }
    return octets >= 0 ? (int) octets : Integer.MAX_VALUE;
  }

  private static Varargs responder(Execution x, Varargs args) {
    int most = buffer(args.arg(2));
    byte[] der = WHOM.bytes(args.arg1());
    try {
      OcspChain chain = OcspChain.of(der);
      String responder = chain.responder();
      if (responder == null) {
        return NIL;
      }
      if (!chain.issued()) {
        return Execution.failure("issuer certificate not next to leaf");
      }
      return responder.length() > most
          ? varargsOf(LuaText.of(responder.substring(0, most)), LuaText.of("truncated"))
          : LuaText.of(responder);
    } catch (OcspChain.Unfit e) {
      return Execution.failure(String.valueOf(e.getMessage()));
    } catch (Der.Malformed e) {
      return NIL;
    }
  }

  private static Varargs request(Execution x, Varargs args) {
    int most = buffer(args.arg(2));
    byte[] der = WHAT.bytes(args.arg1());
    byte[] request;
    try {
      byte[] asked = Der.encode(Der.SEQUENCE, OcspChain.of(der).id());
      request = Der.encode(Der.SEQUENCE, Der.encode(Der.SEQUENCE, Der.encode(Der.SEQUENCE, asked)));
    } catch (OcspChain.Unfit e) {
      return Execution.failure(String.valueOf(e.getMessage()));
    } catch (Der.Malformed | GeneralSecurityException e) {
      return Execution.failure("OCSP_cert_to_id() failed");
    }
    return request.length > most
        ? Execution.failure("output buffer too small: " + request.length + " > " + most)
        : LuaString.valueOf(request);
  }

  private Varargs validate(Execution x, Varargs args) {
    int most = buffer(args.arg(3));
    RESPONSE.measure(args.arg1());
    CHAIN.measure(args.arg(2));
    byte[] response = RESPONSE.bytes(args.arg1());
    byte[] chain = CHAIN.bytes(args.arg(2));
    String refusal =
        OcspResponse.refusal(
            response, new OcspResponse.OcspBytes(chain), settings.time().instant());
    return refusal == null
        ? TRUE
        : Execution.failure(refusal.substring(0, Math.min(most, refusal.length())));
  }

  private static Varargs staple(Execution x, Varargs args) {
    STAPLED.string(args.arg1());
    TlsHost host = SslModule.secure(x);
    if (host == null) {
      return Execution.failure(SslModule.BAD_REQUEST);
    }
    TlsHost.@Nullable Handshake handshake = host.handshake();
    return handshake != null && handshake.extension(STATUS_REQUEST) == null
        ? varargsOf(TRUE, LuaText.of("no status req"))
        : Execution.failure("the JVM's TLS can't staple an OCSP response to a handshake");
  }
}
