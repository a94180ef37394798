package dev.banyan.it.privacy;

import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.process.FreePorts;
import dev.banyan.it.process.PortJar;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A Banyan whose one module, in shadow, answers with all that a client sent, so that everything
 * that can be recorded is: results, keys of tables, effects, errors, reasons, classes. Its port
 * differs each time.
 */
final class Recorded implements AutoCloseable {
  private static final String LUA =
      """
      local m = {}
      function m.echo(text)
        ngx.ctx.seen = text
        ngx.log(ngx.ERR, "seen: ", text)
        return {value = text, [text] = 1, list = {text, "free text: " .. text}}, text
      end
      function m.breaks(text) return text end
      function m.declines(text) return text end
      function m.fails(text) error("lua: " .. text) end
      return m
      """;

  private static final String JAVA =
      """
      import dev.banyan.api.*;
      import java.util.*;

      @LuaModule("echo")
      public final class Greeting implements Port {
        @dev.banyan.api.Function("echo")
        public Map<String, Object> echo(String text) {
          return Map.of("value", text + "!", text + "!", 1, "list", List.of(text + "!"));
        }

        @dev.banyan.api.Function("breaks")
        public String breaks(String text) {
          throw new IllegalStateException("can't do " + text);
        }

        @dev.banyan.api.Function("declines")
        public Results declines(String text) {
          throw new Declined("not for " + text);
        }

        @dev.banyan.api.Function("fails")
        public Results fails(String text) {
          throw new IllegalArgumentException("java: " + text);
        }
      }
      """;

  final Path folder;
  final BanyanServer server;
  private final int port;

  /** With nothing more in its configuration. */
  Recorded(Path folder) throws IOException {
    this(folder, "");
  }

  /** With these lines more in its configuration. */
  Recorded(Path folder, String yaml) throws IOException {
    this.folder = folder;
    port = FreePorts.next();
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        events {}
        http {
          access_log off;
          lua_package_path "$prefix/?.lua;;";
          large_client_header_buffers 4 64k;
          server {
            listen 127.0.0.1:%d;
            location / {
              content_by_lua_block {
                local m = require "echo"
                local text = ngx.var.http_x_text
                m.echo(text)
                m.breaks(text)
                m.declines(text)
                pcall(m.fails, text)
                ngx.print("done")
              }
            }
          }
        }
        """
            .formatted(port));
    Files.writeString(folder.resolve("echo.lua"), LUA);
    Path jar = PortJar.make(folder, "Greeting", JAVA);
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:0"}
        shadow: {patience: 0ms}
        ports: %s
        parity: {class-key: $http_x_text}
        modules:
          echo:
            fail-mode: closed
            mode: shadow
            compare-log: true
            deadline: 10s
            breaker: {calls: 1000}
        %s
        """
            .formatted(jar, yaml));
    server = BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
  }

  AdminClient admin() {
    return new AdminClient(server.adminAddress(), server.token().value());
  }

  String adminUrl() {
    return "http://127.0.0.1:" + server.adminAddress().getPort();
  }

  /** Sends a request with octets as they are; answers the first line. */
  String send(String target, String text, String... fields) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("GET ").append(target).append(" HTTP/1.1\r\nHost: x\r\nX-Text: ").append(text);
    for (String field : fields) {
      head.append("\r\n").append(field);
    }
    head.append("\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    }
  }

  @Override
  public void close() {
    server.stop(Duration.ZERO);
  }
}
