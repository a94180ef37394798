package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code resty.websocket.protocol}, as <a
 * href="https://github.com/openresty/lua-resty-websocket">lua-resty-websocket</a> documents what
 * its server and client give of it, against the JDK's own client.
 */
final class LuaWebSocketTest {
  private static final int LONG = 70_000;

  private static final String ECHO =
      """
      location /ws { content_by_lua_block {
        local protocol = require "resty.websocket.protocol"
        local key = ngx.var.http_sec_websocket_key .. "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        ngx.header["Sec-WebSocket-Accept"] = ngx.encode_base64(ngx.sha1_bin(key))
        ngx.header["Upgrade"] = "websocket"
        ngx.header["Content-Type"] = nil
        ngx.status = 101
        assert(ngx.send_headers())
        assert(ngx.flush(true))
        local sock = ngx.req.socket(true)
        local kinds = { continuation = 0, text = 1, binary = 2, ping = 10 }
        while true do
          local data, kind, more = protocol.recv_frame(sock, 100000, true)
          if not data then
            return ngx.log(ngx.ERR, more)
          end
          if kind == "close" then
            local status = string.char(math.floor(more / 256), more % 256)
            return protocol.send_frame(sock, true, 8, status .. data, 125)
          end
          assert(protocol.send_frame(sock, more ~= "again", kinds[kind], data, 100000))
        end
      } }
      """;

  @TempDir Path prefix;

  /** Hears of all kinds of messages. */
  private static final class All extends Heard {
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      add(data.remaining() + " octets");
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
      add("pong of " + data.remaining());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      add(status + " " + reason);
      return null;
    }
  }

  @Test
  void luaServesAWebSocket() throws Exception {
    Heard heard = new All();
    try (Served served = Served.server(prefix, "", ECHO);
        HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + served.port() + "/ws"), heard)
              .get(30, TimeUnit.SECONDS);
      for (String text : new String[] {"", "hello", "y".repeat(200), "z".repeat(LONG)}) {
        socket.sendText(text, true).get(30, TimeUnit.SECONDS);
        assertThat(heard.next()).isEqualTo(text);
      }
      socket.sendText("in ", false).get(30, TimeUnit.SECONDS);
      socket.sendText("pieces", true).get(30, TimeUnit.SECONDS);
      assertThat(heard.next()).isEqualTo("in pieces");
      socket.sendBinary(ByteBuffer.allocate(126), true).get(30, TimeUnit.SECONDS);
      assertThat(heard.next()).isEqualTo("126 octets");
      socket.sendPing(ByteBuffer.allocate(5)).get(30, TimeUnit.SECONDS);
      assertThat(heard.next()).isEqualTo("pong of 5");
      socket.sendClose(4000, "enough").get(30, TimeUnit.SECONDS);
      assertThat(heard.next()).isEqualTo("4000 enough");
    }
  }

  @Test
  void whatAPeerMustNotSendIsRefused() {
    String location =
        """
        location / { content_by_lua_block {
          local protocol = require "resty.websocket.protocol"
          local function heard(octets, most)
            local sock = {}
            function sock.receive(_, count)
              if #octets < count then
                return nil, "closed"
              end
              local taken = octets:sub(1, count)
              octets = octets:sub(count + 1)
              return taken
            end
            local data, kind, why = protocol.recv_frame(sock, most or 1000, true)
            ngx.say(tostring(data), ", ", tostring(kind), ", ", tostring(why))
          end
          heard(protocol.build_frame(true, 1, 5, "hello", true))
          heard(protocol.build_frame(false, 2, 300, ("x"):rep(300), true), 299)
          heard(protocol.build_frame(false, 2, 2, "ab", true))
          heard(protocol.build_frame(true, 8, 0, "", true))
          heard(protocol.build_frame(true, 8, 1, "x", true))
          heard(protocol.build_frame(true, 1, 1, "x", false))
          heard(protocol.build_frame(false, 9, 0, "", true))
          heard(protocol.build_frame(true, 9, 126, ("x"):rep(126), true))
          heard(protocol.build_frame(true, 3, 0, "", true))
          heard(protocol.build_frame(true, 11, 0, "", true))
          heard("\\193\\128")
          heard("\\129\\255\\0\\0\\0\\1\\0\\0\\0\\0")
          heard("\\129\\254\\1")
          heard("\\129")
          heard("\\129\\129key")
        } }
        """;
    try (Served served = Served.server(prefix, "", location)) {
      assertThat(served.get("/").replaceAll("(?m)^[0-9a-f]+\r\n|\r\n", ""))
          .contains(
              """
              hello, text, nil
              nil, nil, exceeding max payload len
              ab, binary, again
              , close, nil
              nil, nil, close frame with a body must carry a 2-byte status code
              nil, nil, frame unmasked
              nil, nil, fragmented control frame
              nil, nil, too long payload for control frame
              nil, nil, reserved non-control frames
              nil, nil, reserved control frames
              nil, nil, bad RSV1, RSV2, or RSV3 bits
              nil, nil, payload len too large
              nil, nil, failed to receive the 2 byte payload length: closed
              nil, nil, failed to receive the first 2 bytes: closed
              nil, nil, failed to read masking-len and payload: closed
              """);
    }
  }
}
