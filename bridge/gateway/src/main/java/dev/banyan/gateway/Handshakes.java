package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.nginx.ServerMatcher;
import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.transport.TlsHandshake;
import dev.banyan.transport.TlsScript;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: runs {@code ssl_client_hello_by_lua} of an address's default server, then {@code
 * ssl_certificate_by_lua} of the server that the client's name chooses.
 */
final class Handshakes implements TlsScript {
  private static final int ERROR = -1;
  private static final int SPECIAL = 300;
  private static final String HELLO_REFUSED = "0A0000EA:SSL routines::callback failed";
  private static final String CERTIFICATE_REFUSED = "0A000179:SSL routines::cert cb error";

  private final Supplier<Generation> current;
  private final String address;

  Handshakes(Supplier<Generation> current, String address) {
    this.current = current;
    this.address = address;
  }

  @Override
  public boolean decide(TlsHandshake handshake) {
    Generation generation = current.get();
    GatewayWorker worker = generation.worker(handshake.loop());
    ServerMatcher servers = Exchanges.servers(generation.service(), address, handshake.local());
    LuaHandler hello = servers.defaultServer().tls().clientHelloHandler();
    LuaHandler certificate =
        servers
            .match(small(handshake.serverName()), new HandshakeVariables(handshake.serverName()))
            .tls()
            .certificateHandler();
    HandshakeRequest greeting =
        new HandshakeRequest(worker, handshake, Phase.SSL_CLIENT_HELLO, "ssl_client_hello_by_lua*");
    HandshakeRequest showing =
        new HandshakeRequest(worker, handshake, Phase.SSL_CERTIFICATE, "ssl_certificate_by_lua*");
    try {
      if (!passes(worker, hello, greeting)) {
        greeting.failed(HELLO_REFUSED);
        return false;
      }
      showing.luaState(greeting.luaState());
      if (!passes(worker, certificate, showing)) {
        showing.failed(CERTIFICATE_REFUSED);
        return false;
      }
    } finally {
      NgxMachine.requestEnded(showing);
      NgxMachine.requestEnded(greeting);
    }
    Object state = showing.luaState();
    if (state != null) {
      handshake.attach(state);
    }
    return true;
  }

  private static @Nullable String small(@Nullable String name) {
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  private static boolean passes(
      GatewayWorker worker, @Nullable LuaHandler handler, HandshakeRequest request) {
    if (handler == null) {
      return true;
    }
    return switch (worker.lua().run(request, handler)) {
      case Outcome.Done _ -> true;
      case Outcome.Exit(int status) -> status != ERROR && status < SPECIAL;
      case Outcome.Failed _, Outcome.Exec _, Outcome.Redirect _, Outcome.Jump _ -> false;
    };
  }
}
