package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets through {@code proxy_pass}: the JDK's client, and an echo in Lua as the origin. */
final class UpgradeTest {
  /** Answers a handshake, then sends each frame's payload back until a frame closes. */
  private static final String ECHO =
      """
      location /echo { lua_socket_read_timeout 10s; content_by_lua_block {
        local bit = require "bit"
        ngx.status = 101
        ngx.header.upgrade = "websocket"
        ngx.header.sec_websocket_accept = ngx.encode_base64(
          ngx.sha1_bin(ngx.var.http_sec_websocket_key .. "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
        ngx.send_headers()
        ngx.flush(true)
        local sock = ngx.req.socket(true)
        while true do
          local head = sock:receive(2)
          if not head then return end
          local size = bit.band(head:byte(2), 127)
          if size == 126 then
            local high, low = sock:receive(2):byte(1, 2)
            size = high * 256 + low
          end
          local mask, data = { sock:receive(4):byte(1, 4) }, sock:receive(size) or ""
          local plain = {}
          for i = 1, size do
            plain[i] = string.char(bit.bxor(data:byte(i), mask[(i - 1) % 4 + 1]))
          end
          local length = size < 126 and string.char(size)
            or string.char(126, math.floor(size / 256), size % 256)
          sock:send(string.char(head:byte(1)) .. length .. table.concat(plain))
          if bit.band(head:byte(1), 15) == 8 then return end
        end
      } }
      location /chat { proxy_pass http://127.0.0.1:PORT/echo; proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }
      location /deaf { proxy_pass http://127.0.0.1:PORT/plain; proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }
      location /plain { return 403 "no upgrade here"; }
      """;

  private static final int WAIT_SECONDS = 10;

  @TempDir Path prefix;

  @Test
  void messagesGoThroughBothWaysUntilOneSideCloses() throws Exception {
    try (Served served = Served.server(prefix, "", ECHO);
        HttpClient client = HttpClient.newHttpClient()) {
      Heard heard = new Heard();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + served.port() + "/chat"), heard)
              .get(WAIT_SECONDS, TimeUnit.SECONDS);
      for (int i = 0; i < 100; i++) {
        socket.sendText("message " + i, true).get(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(heard.next()).isEqualTo("message " + i);
      }
      String large = "x".repeat(16_000);
      socket.sendText(large, true).get(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(heard.next()).isEqualTo(large);
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(heard.next()).isEqualTo("closed 1000");
    }
  }

  @Test
  void anOriginThatDoesNotUpgradeAnswersAsUsual() {
    try (Served served = Served.server(prefix, "", ECHO)) {
      assertThat(served.get("/deaf", "Upgrade: websocket\r\n"))
          .startsWith("HTTP/1.1 403 ")
          .endsWith("no upgrade here");
    }
  }
}
