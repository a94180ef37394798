package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ssl_reject_handshake}: by the name that a client asks for, with and without certificates.
 */
final class RefusedHandshakeTest {
  @TempDir static Path prefix;

  private static Served served;

  @BeforeAll
  static void serve() {
    Certificates.in(prefix).signed("edge.test");
    int others = Served.freePort();
    int named = Served.freePort();
    String http =
        """
        server { listen 127.0.0.1:%1$d ssl default_server; ssl_reject_handshake on; }
        server { listen 127.0.0.1:%1$d ssl; server_name edge.test;
          ssl_certificate edge.test.crt; ssl_certificate_key edge.test.key; return 200 served; }
        server { listen 127.0.0.1:%2$d ssl default_server; server_name edge.test;
          ssl_certificate edge.test.crt; ssl_certificate_key edge.test.key; return 200 served; }
        server { listen 127.0.0.1:%2$d ssl; server_name *.closed.test; ssl_reject_handshake on; }
        """
            .formatted(others, named);
    String server =
        """
        location / { content_by_lua_block {
          local function talk(port, name)
            local sock = ngx.socket.tcp()
            sock:connect("127.0.0.1", port)
            local session, failure = sock:sslhandshake(nil, name, false)
            if not session then return ngx.say(name, ": ", failure) end
            sock:send("GET / HTTP/1.0\\r\\nHost: edge.test\\r\\n\\r\\n")
            ngx.say(name, ": ", sock:receive("*a"):match("served"))
          end
          for _, name in ipairs { "edge.test", "other.test", false } do talk(%d, name) end
          for _, name in ipairs { "edge.test", "other.test", "a.closed.test", false } do talk(%d, name) end
        } }
        """
            .formatted(others, named);
    served = Served.server(prefix, http, server);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void aHandshakeFailsForNamesThatAreRefusedAndForNoOthers() {
    assertThat(Served.body(served.get("/")).lines().filter(line -> line.contains(": ")))
        .containsExactly(
            "edge.test: served",
            "other.test: handshake failed",
            "false: handshake failed",
            "edge.test: served",
            "other.test: served",
            "a.closed.test: handshake failed",
            "false: served");
  }
}
