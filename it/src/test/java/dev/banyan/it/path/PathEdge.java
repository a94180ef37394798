package dev.banyan.it.path;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.banyan.cli.Banyan;
import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.process.FreePorts;
import dev.banyan.it.process.PortJar;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Owned by one test: an edge with an origin, whose pipelines and ports are wrong in places. */
final class PathEdge implements AutoCloseable {
  private final BanyanServer server;
  private final int port;
  private final HttpServer origin;
  private final Path folder;
  private final AtomicInteger received;

  /** HTTP/1.1 only: this client would ask to upgrade, and such a request stays in Lua. */
  private final HttpClient users =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PathEdge(
      BanyanServer server, int port, HttpServer origin, Path folder, AtomicInteger received) {
    this.server = server;
    this.port = port;
    this.origin = origin;
    this.folder = folder;
    this.received = received;
  }

  /** Starts it with these lines under {@code parity}. */
  static PathEdge start(Path folder, String parity) throws IOException {
    AtomicInteger received = new AtomicInteger();
    HttpServer origin = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    origin.createContext(
        "/",
        exchange -> {
          received.incrementAndGet();
          byte[] body = "from the origin".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    origin.start();
    return start(folder, parity, "shadow", origin, received, origin.getAddress().getPort());
  }

  /** Starts it with its modules in this mode, and with somebody else's origin. */
  static PathEdge start(Path folder, String mode, int originPort) throws IOException {
    HttpServer unused = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    return start(folder, "", mode, unused, new AtomicInteger(), originPort);
  }

  private static PathEdge start(
      Path folder,
      String parity,
      String mode,
      HttpServer origin,
      AtomicInteger received,
      int originPort)
      throws IOException {
    int port = FreePorts.next();
    Files.createDirectories(folder.resolve("logs"));
    for (String lua : List.of("who.lua", "mark.lua")) {
      Files.writeString(folder.resolve(lua), resource(lua));
    }
    Files.writeString(
        folder.resolve("nginx.conf"), resource("nginx.conf").formatted(port, originPort));
    Path who = PortJar.make(folder.resolve("who"), "Who", resource("Who.java.txt"));
    Path mark = PortJar.make(folder.resolve("mark"), "Mark", resource("Mark.java.txt"));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        resource("banyan.yaml").formatted(who, mark, parity).replace("shadow}", mode + "}"));
    BanyanServer server = BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
    return new PathEdge(server, port, origin, folder, received);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PathEdge.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sends a request; answers its body. */
  String ask(String target) throws IOException, InterruptedException {
    return ask(target, BodyPublishers.noBody());
  }

  /** Sends a request with a body where there is one; answers its body. */
  String ask(String target, BodyPublisher body) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + target);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer s3cr3t-of-the-user")
            .header("Accept-Language", "de-AT, de;q=0.8")
            .method(body.contentLength() == 0 ? "GET" : "POST", body)
            .build();
    HttpResponse<String> answer = users.send(request, BodyHandlers.ofString());
    return answer.body();
  }

  /** Where it listens. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** What is known of whole requests, when so many were looked at. */
  JsonNode path(long requests) {
    AdminClient admin = admin();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          JsonNode parity = admin.get("/api/v1/path").path("parity");
          return parity.path("compared").asLong() + parity.path("skipped").asLong() >= requests;
        });
    return admin.get("/api/v1/path");
  }

  /** The places of each cluster of whole requests. */
  List<String> causes() {
    List<String> causes = new ArrayList<>();
    for (JsonNode cluster : admin().get("/api/v1/path/clusters").path("clusters")) {
      cluster.path("places").forEach(place -> causes.add(place.path("place").asString()));
    }
    return causes;
  }

  /** How many requests the origin has received. */
  int received() {
    return received.get();
  }

  /** How many lines of the error log hold a text. */
  long logged(String text) throws IOException {
    try (var lines = Files.lines(folder.resolve("logs/error.log"), StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  /** The metrics, as text. */
  String metrics() throws IOException, InterruptedException {
    URI metrics = URI.create("http://127.0.0.1:" + server.adminAddress().getPort() + "/metrics");
    return users.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
  }

  AdminClient admin() {
    return new AdminClient(server.adminAddress(), server.token().value());
  }

  /** The address of its dashboard, with the token. */
  String dashboard() {
    return "http://127.0.0.1:"
        + server.adminAddress().getPort()
        + "/#token="
        + server.token().value();
  }

  /** Runs a command against it; what it prints. */
  String run(String... words) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", folder.resolve("banyan.yaml").toString()));
    all.addAll(List.of("--admin", "http://127.0.0.1:" + server.adminAddress().getPort()));
    int code =
        Banyan.run(
            new PrintWriter(out, true), new PrintWriter(out, true), all.toArray(String[]::new));
    if (code != 0) {
      throw new AssertionError(out.toString());
    }
    return out.toString();
  }

  @Override
  public void close() {
    users.close();
    server.stop(Duration.ZERO);
    origin.stop(0);
  }
}
