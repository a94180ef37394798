package dev.banyan.it.planted;

import static org.awaitility.Awaitility.await;

import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.process.FreePorts;
import dev.banyan.it.process.PortJar;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Owned by one test: an edge whose port does each thing a little otherwise, in shadow. */
final class PlantedEdge implements AutoCloseable {
  static final String MODULE = "planted";
  private static final int TENANTS = 20;

  /** Requests on one connection, all sent before the first answer is read. */
  private static final int PIPELINED = 50;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BanyanServer server;
  private final int port;

  private PlantedEdge(BanyanServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts it with these lines under {@code parity}. */
  static PlantedEdge start(Path folder, String parity) throws IOException {
    return start(folder, parity, "planted.lua", "nginx.conf", "Planted");
  }

  /** Starts it with another legacy, configuration and port. */
  static PlantedEdge start(Path folder, String parity, String lua, String conf, String portClass)
      throws IOException {
    int port = FreePorts.next();
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("planted.lua"), resource(lua));
    Files.writeString(folder.resolve("nginx.conf"), resource(conf).formatted(port));
    Path jar = PortJar.make(folder, portClass, resource(portClass + ".java.txt"));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:0"}
        ports: %s
        shadow: {queue: 10000, samples: 10000, patience: 0ms}
        parity: {%s}
        modules:
          planted: {fail-mode: lua, deadline: 10s, mode: shadow, compare-log: true}
        """
            .formatted(jar, parity));
    return new PlantedEdge(
        BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml"))), port);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PlantedEdge.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  AdminClient admin() {
    return new AdminClient(server.adminAddress(), server.token().value());
  }

  /** The admin listener, for a command. */
  String adminUrl() {
    return "http://127.0.0.1:" + server.adminAddress().getPort();
  }

  /** Sends the nth request to what is planted. */
  void ask(String plant, int n) throws IOException {
    ask(plant, n, n);
  }

  /** Sends requests to what is planted, numbered from the first to the last. */
  void ask(String plant, int first, int last) throws IOException {
    for (int from = first; from <= last; from += PIPELINED) {
      pipeline(plant, from, Math.min(last, from + PIPELINED - 1));
    }
  }

  /** Sends this and reads the answer to its end. */
  String send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private void pipeline(String plant, int first, int last) throws IOException {
    String path =
        switch (plant) {
          case "status",
              "header_value",
              "header_case",
              "multi_value",
              "missing_header",
              "right_header",
              "ctx" ->
              "/access";
          case "chunk" -> "/chunk";
          default -> "/call";
        };
    StringBuilder requests = new StringBuilder();
    for (int n = first; n <= last; n++) {
      requests.append(
          "GET %s?f=%s&n=%d&tenant=tenant%d HTTP/1.1\r\nHost: planted\r\n%s\r\n"
              .formatted(path, plant, n, n % TENANTS, n == last ? "Connection: close\r\n" : ""));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int answered = answers.split("HTTP/1\\.1 [24]", -1).length - 1;
      if (answered != last - first + 1) {
        throw new IOException(answered + " answers to " + (last - first + 1) + " requests");
      }
    }
  }

  /** Waits until everything is compared. */
  void settle() {
    AdminClient admin = admin();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> admin.get("/api/v1/status").path("shadow").path("unfinished").asLong(1) == 0);
  }

  /** The cluster of what is planted, or null while there is none. */
  @Nullable JsonNode cluster(String plant) {
    for (JsonNode one : admin().get("/api/v1/modules/planted/clusters").path("clusters")) {
      if (one.path("function").asString().equals(plant)) {
        return one;
      }
    }
    return null;
  }

  @Override
  public void close() {
    server.stop(Duration.ZERO);
  }
}
