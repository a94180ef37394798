package dev.banyan.it.monitoring;

import com.sun.net.httpserver.HttpServer;
import dev.banyan.it.process.FreePorts;
import dev.banyan.it.process.PortJar;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Owned by one test: an edge of one module in shadow, before an origin that notes its requests. */
final class WatchedEdge implements AutoCloseable {
  private static final String PORT =
      """
      import dev.banyan.api.*;

      @LuaModule("mark")
      @Writes(requestHeaders = "X-Mark")
      public final class Mark implements Port {
        @Handler("access")
        public Decision access() {
          return Decision.next().setRequestHeader("X-Mark", "1");
        }
      }
      """;

  private final HttpServer origin;
  private final List<List<String>> parents = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final BanyanServer server;
  private final int port;

  private WatchedEdge(HttpServer origin, Path folder, String yaml) throws IOException {
    this.origin = origin;
    this.port = FreePorts.next();
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(
        folder.resolve("mark.lua"),
        "return {access = function() ngx.req.set_header('X-Mark', '1') end}");
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        events {}
        error_log logs/error.log error;
        http {
          access_log off;
          lua_package_path "$prefix/?.lua;;";
          server {
            listen 127.0.0.1:%d;
            location /users/ {
              access_by_lua_block { require("mark").access() }
              proxy_pass http://127.0.0.1:%d;
            }
          }
        }
        """
            .formatted(port, origin.getAddress().getPort()));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:0"}
        shadow: {patience: 0ms}
        ports: %s
        modules:
          mark: {fail-mode: lua, deadline: 10s, mode: shadow}
        %s
        """
            .formatted(PortJar.make(folder, "Mark", PORT), yaml));
    this.server = BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
  }

  /** Starts it with these lines more in its configuration. */
  static WatchedEdge start(Path folder, String yaml) throws IOException {
    HttpServer origin =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    WatchedEdge edge = new WatchedEdge(origin, folder, yaml);
    origin.createContext(
        "/",
        exchange -> {
          try (exchange) {
            edge.parents.add(exchange.getRequestHeaders().getOrDefault("Traceparent", List.of()));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    origin.start();
    return edge;
  }

  /** The field {@code traceparent} of each request that the origin has got. */
  List<List<String>> parents() {
    return parents;
  }

  /** Asks for a path, with these header fields. */
  int ask(String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /** A scrape of the metrics. */
  HttpResponse<byte[]> scrape(String accept) throws IOException, InterruptedException {
    URI metrics = URI.create("http://127.0.0.1:" + server.adminAddress().getPort() + "/metrics");
    return client.send(
        HttpRequest.newBuilder(metrics).header("Accept", accept).build(),
        BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    client.close();
    server.stop(Duration.ZERO);
    origin.stop(0);
  }
}
