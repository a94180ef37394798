package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code require "ngx.ssl.clienthello"}: what a client says first, and the versions it may get. */
final class ClientHelloModule {
  private static final int SUPPORTED_VERSIONS = 43;
  private static final List<String> PROTOCOLS =
      List.of("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final Map<Integer, String> NAMES =
      Map.of(
          0x0002, "SSLv2", 0x0300, "SSLv3", 0x0301, "TLSv1", 0x0302, "TLSv1.1", 0x0303, "TLSv1.2",
          0x0304, "TLSv1.3");

  private static final CoreParameter TYPE =
      CoreParameter.unsigned("ext_type", "ngx_lua_ffi_ssl_get_client_hello_ext", 2);

  private static final int MOST_SUITES = 128;

  /** The extensions that OpenSSL 3 knows; it forgets the others while it reads a hello. */
  private static final Set<Integer> KNOWN =
      Set.of(
          0, 1, 5, 10, 11, 12, 13, 14, 16, 18, 21, 22, 23, 35, 41, 42, 43, 44, 45, 47, 49, 50, 51,
          13172, 65000, 65281);

  private ClientHelloModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(bindings, module, "get_client_hello_server_name", ClientHelloModule::serverName);
    add(bindings, module, "get_client_hello_ext", ClientHelloModule::extension);
    add(bindings, module, "get_client_hello_ext_present", ClientHelloModule::present);
    add(bindings, module, "get_client_hello_ciphers", ClientHelloModule::ciphers);
    add(bindings, module, "get_supported_versions", ClientHelloModule::versions);
    add(bindings, module, "set_protocols", ClientHelloModule::protocols);
    bindings.vm().preload("ngx.ssl.clienthello", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.ssl.clienthello:" + name, body));
  }

  private static TlsHost host(Execution x) {
    TlsHost host = x.request().tls();
    if (host == null) {
      throw LuaErrors.raise("no request found");
    }
    return host;
  }

  private static TlsHost.Handshake handshake(Execution x) {
    TlsHost.Handshake handshake = host(x).handshake();
    if (handshake == null) {
      throw LuaErrors.raise("no request found");
    }
    return handshake;
  }

  private static Varargs serverName(Execution x, Varargs args) {
    String name = host(x).serverName();
    return name == null ? NIL : LuaText.of(name);
  }

  private static Varargs extension(Execution x, Varargs args) {
    byte[] content = handshake(x).extension(TYPE.number(args.arg1()));
    return content == null ? NIL : LuaString.valueOf(content);
  }

  private static Varargs present(Execution x, Varargs args) {
    List<Integer> present = handshake(x).extensions();
    return present.isEmpty() ? NIL : list(present.stream().filter(KNOWN::contains));
  }

  private static Varargs ciphers(Execution x, Varargs args) {
    return list(handshake(x).suites().stream().limit(MOST_SUITES).filter(n -> !isGrease(n)));
  }

  private static Table list(Stream<Integer> numbers) {
    Table list = new Table();
    numbers.forEach(number -> list.rawset(list.rawlen() + 1, LuaNumbers.of((long) number)));
    return list;
  }

  /**
   * Numbers that clients send so that servers learn to overlook what they don't know (RFC 8701).
   */
  private static boolean isGrease(int number) {
    return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
  }

  /** The known versions, the last one that the client named first, as lua-resty-core lists them. */
  private static Varargs versions(Execution x, Varargs args) {
    byte[] content = handshake(x).extension(SUPPORTED_VERSIONS);
    if (content == null || content.length == 0 || (content[0] & 0xff) != content.length - 1) {
      return NIL;
    }
    Table found = new Table();
    for (int at = content.length - 2; at >= 1; at -= 2) {
      String name = NAMES.get(((content[at] & 0xff) << 8) | (content[at + 1] & 0xff));
      if (name != null) {
        found.rawset(found.rawlen() + 1, LuaText.of(name));
      }
    }
    return found;
  }

  private static Varargs protocols(Execution x, Varargs args) {
    if (!(args.arg1() instanceof LuaTable wanted)) {
      String given = args.arg1().typename();
      throw LuaErrors.raise("bad argument #1 to 'ipairs' (table expected, got " + given + ")");
    }
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= wanted.rawlen(); i++) {
      LuaValue name = wanted.rawget(i);
      if (!name.isstring() || !PROTOCOLS.contains(LuaText.latin1(name))) {
        return Execution.failure("invalid protocols failed");
      }
      names.add(LuaText.latin1(name));
    }
    handshake(x).protocols(names);
    return TRUE;
  }
}
