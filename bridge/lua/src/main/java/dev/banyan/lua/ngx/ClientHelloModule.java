package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private ClientHelloModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    add(bindings, module, "get_client_hello_server_name", ClientHelloModule::serverName);
    add(bindings, module, "get_client_hello_ext", ClientHelloModule::extension);
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
    byte[] content = handshake(x).extension(LuaArgs.checkInt(args, 1));
    return content == null ? NIL : LuaString.valueOf(content);
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
    LuaTable wanted = LuaArgs.checkTable(args, 1);
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
