package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.Varargs;

/** {@code require "ngx.upstream"}: the groups of servers of the worker and their states. */
final class UpstreamModule {
  private static final int LARGEST_PORT = 0xffff;
  private static final int SET_DOWN_ARGUMENTS = 4;
  private static final String NOT_FOUND = "upstream not found";

  private UpstreamModule() {}

  static void open(Bindings bindings) {
    Table module = new Table();
    add(bindings, module, "get_upstreams", UpstreamModule::upstreams);
    add(bindings, module, "get_servers", UpstreamModule::servers);
    add(bindings, module, "get_primary_peers", (x, args) -> peers(x, args, false));
    add(bindings, module, "get_backup_peers", (x, args) -> peers(x, args, true));
    add(bindings, module, "set_peer_down", UpstreamModule::setDown);
    add(bindings, module, "current_upstream_name", (x, args) -> current(x));
    bindings.vm().preload("ngx.upstream", () -> module);
  }

  private static void add(Bindings bindings, Table module, String name, ApiBody body) {
    module.rawset(name, bindings.method("ngx.upstream:" + name, body));
  }

  private static Varargs upstreams(Execution x, Varargs args) {
    if (args.narg() != 0) {
      throw LuaErrors.raise("no argument expected");
    }
    Table names = new Table();
    for (UpstreamHost.Name name : x.worker().upstreams().names()) {
      String port = name.port() == 0 ? "" : ":" + name.port();
      names.insert(0, LuaText.of(name.host() + port));
    }
    return names;
  }

  private static Varargs servers(Execution x, Varargs args) {
    UpstreamHost.Group group = only(x, args);
    if (group == null) {
      return Execution.failure(NOT_FOUND);
    }
    Table servers = new Table();
    for (UpstreamHost.Server server : group.servers()) {
      servers.insert(0, server(server));
    }
    return servers;
  }

  private static Table server(UpstreamHost.Server server) {
    Table fields = new Table();
    if (!server.name().isEmpty()) {
      fields.rawset("name", LuaText.of(server.name()));
    }
    if (server.addresses().size() == 1) {
      fields.rawset("addr", LuaText.of(server.addresses().getFirst()));
    } else {
      Table addresses = new Table();
      for (String address : server.addresses()) {
        addresses.insert(0, LuaText.of(address));
      }
      fields.rawset("addr", addresses);
    }
    fields.rawset("weight", LuaInteger.valueOf(server.weight()));
    fields.rawset("max_fails", LuaInteger.valueOf(server.maxFails()));
    fields.rawset("fail_timeout", LuaNumbers.of(server.failTimeout()));
    mark(fields, "backup", server.backup());
    mark(fields, "down", server.down());
    return fields;
  }

  private static Varargs peers(Execution x, Varargs args, boolean backup) {
    UpstreamHost.Group group = only(x, args);
    if (group == null) {
      return Execution.failure(NOT_FOUND);
    }
    Table peers = new Table();
    int id = 0;
    for (UpstreamHost.Peer peer : backup ? group.backup() : group.primary()) {
      peers.insert(0, peer(peer, id));
      id++;
    }
    return peers;
  }

  private static Table peer(UpstreamHost.Peer peer, int id) {
    Table fields = new Table();
    fields.rawset("id", LuaInteger.valueOf(id));
    fields.rawset("name", LuaText.of(peer.name()));
    fields.rawset("weight", LuaInteger.valueOf(peer.weight()));
    fields.rawset("current_weight", LuaInteger.valueOf(peer.currentWeight()));
    fields.rawset("effective_weight", LuaInteger.valueOf(peer.effectiveWeight()));
    fields.rawset("conns", LuaInteger.valueOf(peer.connections()));
    fields.rawset("fails", LuaInteger.valueOf(peer.fails()));
    fields.rawset("max_fails", LuaInteger.valueOf(peer.maxFails()));
    fields.rawset("fail_timeout", LuaNumbers.of(peer.failTimeout()));
    if (peer.accessed() != 0) {
      fields.rawset("accessed", LuaNumbers.of(peer.accessed()));
    }
    if (peer.checked() != 0) {
      fields.rawset("checked", LuaNumbers.of(peer.checked()));
    }
    mark(fields, "down", peer.down());
    return fields;
  }

  private static void mark(Table fields, String name, boolean set) {
    if (set) {
      fields.rawset(name, TRUE);
    }
  }

  private static Varargs setDown(Execution x, Varargs args) {
    if (args.narg() != SET_DOWN_ARGUMENTS) {
      throw LuaErrors.raise("exactly 4 arguments expected");
    }
    UpstreamHost.Group group = find(x, LuaArgs.checkText(args, 1));
    if (group == null) {
      return Execution.failure(NOT_FOUND);
    }
    boolean backup = args.arg(2).toboolean();
    int count = (backup ? group.backup() : group.primary()).size();
    if (backup && count == 0) {
      return Execution.failure("no backup peers");
    }
    int id = LuaArgs.checkInt(args, 3);
    if (id < 0 || id >= count) {
      return Execution.failure("bad peer id");
    }
    group.down(backup, id, args.arg(SET_DOWN_ARGUMENTS).toboolean());
    return TRUE;
  }

  private static Varargs current(Execution x) {
    RequestHost request = x.requestOrNull();
    if (request == null) {
      if (x.phase == Phase.INIT) {
        throw LuaErrors.raise("no request object found");
      }
      return NIL;
    }
    try {
      String name = x.worker().upstreams().current(request);
      return name == null ? NIL : LuaText.of(name);
    } catch (NgxFailure e) {
      throw LuaErrors.raise(String.valueOf(e.getMessage()));
    }
  }

  private static UpstreamHost.@Nullable Group only(Execution x, Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("exactly one argument expected");
    }
    return find(x, LuaArgs.checkText(args, 1));
  }

  /** The first group of this host, or of this host and the port behind its first colon. */
  private static UpstreamHost.@Nullable Group find(Execution x, String text) {
    UpstreamHost upstreams = x.worker().upstreams();
    List<UpstreamHost.Name> names = upstreams.names();
    for (UpstreamHost.Name name : names) {
      if (name.host().equals(text)) {
        return upstreams.group(name);
      }
    }
    int colon = text.indexOf(':');
    int port = colon < 0 ? 0 : port(text.substring(colon + 1));
    for (UpstreamHost.Name name : names) {
      if (port != 0 && name.port() == port && name.host().equals(text.substring(0, colon))) {
        return upstreams.group(name);
      }
    }
    return null;
  }

  /** A port; 0 for a text that is none. */
  private static int port(String digits) {
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      port = digit < '0' || digit > '9' ? LARGEST_PORT + 1 : port * 10 + digit - '0';
      if (port > LARGEST_PORT) {
        return 0;
      }
    }
    return port;
  }
}
