package dev.banyan.server.serve;

import dev.banyan.server.config.BanyanConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A start, some requests and a stop in a temporary folder: what a JVM that records an ahead-of-time
 * cache should see.
 */
public final class Rehearsal {
  /** The module of its configuration. */
  public static final String MODULE = "rehearsal";

  private static final int ROUNDS = 20;
  private static final int PATIENCE_MILLIS = 10_000;

  private Rehearsal() {}

  /**
   * Plays it once.
   *
   * @param steering called with the configuration's file while the server runs
   */
  public static void play(Consumer<Path> steering) throws IOException {
    Path folder = Files.createTempDirectory("banyan-rehearsal");
    try {
      int port = freePort();
      write(folder, port, freePort());
      BanyanServer server = BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
      call(server, port);
      steering.accept(folder.resolve("banyan.yaml"));
      server.reload();
      server.stop(Duration.ZERO);
      BareServer bare = BareServer.start(new ConfSource(folder.resolve("nginx.conf"), folder, ""));
      bare.stop(Duration.ZERO);
    } finally {
      clear(folder);
    }
  }

  private static void write(Path folder, int port, int adminPort) throws IOException {
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        worker_processes 1;
        error_log stderr crit;
        pid rehearsal.pid;
        events { worker_connections 64; }
        http {
          access_log access.log;
          lua_shared_dict kept 1m;
          lua_package_path "$prefix/?.lua;;";
          upstream self { server 127.0.0.1:%1$d; keepalive 2; }
          server {
            listen 127.0.0.1:%1$d;
            set $name "";
            location = /answer {
              content_by_lua_block { ngx.header["X-Kept"] = "1"; ngx.say("answer") }
            }
            location = /moved { return 301 /answer; }
            location / {
              rewrite_by_lua_block { ngx.var.name = ngx.re.gsub(ngx.var.uri, "[/]", "-", "jo") }
              access_by_lua_block {
                ngx.shared.kept:incr("hits", 1, 0)
                local ok = pcall(string.format, "%%s %%d", ngx.var.name, 7)
                if ngx.var.arg_stop then ngx.exit(403) end
              }
              proxy_pass http://self/answer;
              log_by_lua_block { local t = { ngx.status }; table.concat(t, ",") }
            }
          }
        }
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:%d"}
        modules:
          %s: {fail-mode: lua}
        """
            .formatted(adminPort, MODULE));
  }

  private static void call(BanyanServer server, int port) throws IOException {
    int admin = server.adminAddress().getPort();
    String token = server.token().value();
    for (int round = 0; round < ROUNDS; round++) {
      for (String target : List.of("/some/where?x=1", "/?stop=1", "/answer", "/moved")) {
        get(port, target, token);
      }
      for (String target : List.of("/", "/metrics", "/api/v1/status", "/api/v1/modules")) {
        get(admin, target, token);
      }
    }
  }

  /**
   * A request in plain octets: what a client of the JDK's loads, most of it for TLS, would be a
   * sixth of the cache and no server needs it.
   */
  private static void get(int port, String target, String token) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
            .formatted(target, port, token);
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
