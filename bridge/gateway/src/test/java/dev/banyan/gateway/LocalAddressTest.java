package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that leave from a chosen address. */
final class LocalAddressTest {
  private static final String SERVER =
      """
      location /seen { return 200 "$remote_addr\n"; }
      location /proxied { proxy_pass http://127.0.0.1:PORT/seen; proxy_bind $arg_from; }
      location /cosocket { content_by_lua_block {
        local sock = ngx.socket.tcp()
        ngx.say(sock:bind("127.0.0.5"))
        ngx.say(sock:connect("127.0.0.1", PORT))
        sock:send("GET /seen HTTP/1.0\\r\\n\\r\\n")
        ngx.say((sock:receive("*a"):match("\\r\\n\\r\\n(.*)\\n")))
        ngx.say(ngx.socket.tcp():bind("nowhere"))
        ngx.say(ngx.socket.tcp():bind("1.2"))
      } }
      """;

  @TempDir Path prefix;

  @Test
  void anOriginSeesTheAddressThatProxyBindNames() {
    try (Served served = Served.server(prefix, "", SERVER)) {
      assertThat(served.get("/proxied?from=127.0.0.3")).endsWith("127.0.0.3\n");
      assertThat(served.get("/proxied?from=127.0.0.4:" + Served.freePort()))
          .endsWith("127.0.0.4\n");
      assertThat(served.get("/proxied")).endsWith("127.0.0.1\n");
      assertThat(served.get("/proxied?from=nowhere")).endsWith("127.0.0.1\n");
      assertThat(served.awaitLog("error.log", "invalid local address")).contains("nowhere");
    }
  }

  @Test
  void aCosocketConnectsFromTheAddressThatItIsBoundTo() {
    try (Served served = Served.server(prefix, "", SERVER)) {
      assertThat(Served.body(served.get("/cosocket")))
          .contains("1\n")
          .contains("127.0.0.5\n")
          .contains("nilbad address\n");
    }
  }
}
