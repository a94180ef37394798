package dev.banyan.it.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.process.FreePorts;
import dev.banyan.it.process.PortJar;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that never comes back: its module goes to Lua by itself, and users don't feel it. */
final class OverrunTest {
  private static final int USERS = 40;

  @TempDir Path folder;

  @Test
  void theModuleGoesToLuaAndAFreshWorkerServes() throws IOException, InterruptedException {
    int port = configure();
    BanyanServer server = BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
    try {
      AdminClient admin = new AdminClient(server.adminAddress(), server.token().value());
      assertThat(ask(port, "/")).endsWith("by java");
      Thread stuck = Thread.ofPlatform().start(() -> assertThat(ask(port, "/hold")).contains("by"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> admin.get("/api/v1/modules/m").toString().contains("\"mode\":\"lua\""));
      for (int i = 0; i < USERS; i++) {
        assertThat(ask(port, "/")).startsWith("HTTP/1.1 200 ").endsWith("by lua");
      }
      assertThat(admin.get("/api/v1/audit").toString())
          .contains("\"who\":\"banyan\"")
          .contains("a call of who overran its deadline and held its worker");
      assertThat(stuck.isAlive()).isTrue();
      assertThat(ask(port, "/free")).startsWith("HTTP/1.1 200 ");
      stuck.join();
    } finally {
      server.stop(Duration.ZERO);
    }
  }

  private int configure() throws IOException {
    int port = FreePorts.next();
    Files.createDirectories(folder.resolve("lua"));
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("lua/m.lua"), "return {who = function() return 'lua' end}");
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        worker_processes 1;
        events {}
        http {
          lua_package_path "$prefix/lua/?.lua;;";
          lua_shared_dict d 1m;
          server {
            listen 127.0.0.1:%d;
            location / { content_by_lua_block { ngx.print("by ", require("m").who()) } }
            location = /free { content_by_lua_block { ngx.shared.d:set("free", 1) } }
          }
        }
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:0"}
        ports: port.jar
        modules:
          m: {fail-mode: lua, mode: java, deadline: 500ms}
        """);
    PortJar.make(
        folder,
        "Holding",
        """
        import dev.banyan.api.*;
        @LuaModule("m")
        public final class Holding implements Port {
          public record Input(@Path String path) {}
          @Handler("who") public Decision who(Input in, @Shared("d") Dict dict) {
            while (in.path().equals("/hold") && dict.get("free") == null) { Thread.onSpinWait(); }
            return Decision.next().returning("java");
          }
        }
        """);
    return port;
  }

  private static String ask(int port, String target) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + target + " HTTP/1.0\r\nHost: m\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
