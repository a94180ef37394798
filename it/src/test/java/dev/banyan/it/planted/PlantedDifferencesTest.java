package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.it.dashboard.PortJar;
import dev.banyan.it.edge.AdminClient;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PlantedDifferencesTest {
  private static final int TENANTS = 20;
  private static final int BATCH = 50;
  private static final int MOST = 5_000;

  /** Each plant, and the place where the first mismatch has to be. */
  private static final Map<String, String> PLANTS = plants();

  /**
   * A port that is right gives no alarm; log lines aren't compared, which is said and not hidden.
   */
  private static final Map<String, Integer> QUIET = Map.of("right", 2_000, "log_line", BATCH);

  @TempDir Path folder;
  private int port;

  private static Map<String, String> plants() {
    Map<String, String> plants = new LinkedHashMap<>();
    plants.put("status", "decision");
    plants.put("header_value", "effects.response header x-mode[*]");
    plants.put("multi_value", "effects.response header x-hop[*]");
    plants.put("missing_header", "effects.response header x-hop");
    plants.put("chunk", "effects.chunk");
    plants.put("float", "results[*]");
    plants.put("time_zone", "results[*]");
    plants.put("limiter", "results[*]");
    plants.put("wrong_error", "error");
    plants.put("nil_err", "error");
    plants.put("expiry", "effects.world");
    plants.put("one_tenant", "results[*]");
    plants.put("one_in_5000", "results[*]");
    plants.put("second_result", "results[*]");
    plants.put("truncated", "results[*]");
    plants.put("upper", "results[*]");
    plants.put("space", "results[*]");
    plants.put("type", "results[*]");
    plants.put("order", "results[*][*]");
    plants.put("encoding", "results[*]");
    plants.put("ctx", "effects.ctx user");
    return plants;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PlantedDifferencesTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private BanyanServer start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("planted.lua"), resource("planted.lua"));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        events {}
        error_log logs/error.log error;
        http {
          access_log off;
          lua_package_path "$prefix/?.lua;;";
          lua_shared_dict d 1m;
          server {
            listen 127.0.0.1:%d;
            location /call {
              content_by_lua_block {
                local f = require("planted")[ngx.var.arg_f]
                pcall(f, tonumber(ngx.var.arg_n), ngx.var.arg_tenant)
                ngx.print("done")
              }
            }
            location /access {
              access_by_lua_block { require("planted")[ngx.var.arg_f]() }
              content_by_lua_block { ngx.print("done") }
            }
            location /chunk {
              content_by_lua_block { ngx.print(string.rep("x", 100 * ngx.var.arg_n)) }
              body_filter_by_lua_block { require("planted").chunk() }
            }
          }
        }
        """
            .formatted(port));
    Path jar = PortJar.make(folder, "Planted", resource("Planted.java.txt"));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:0"}
        ports: %s
        shadow: {queue: 10000, samples: 10000}
        modules:
          planted: {fail-mode: lua, mode: shadow}
        """
            .formatted(jar));
    return BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
  }

  private String target(String plant, int n) {
    String path =
        switch (plant) {
          case "status", "header_value", "multi_value", "missing_header", "ctx" -> "/access";
          case "chunk" -> "/chunk";
          default -> "/call";
        };
    return "http://127.0.0.1:%d%s?f=%s&n=%d&tenant=tenant%d"
        .formatted(port, path, plant, n, n % TENANTS);
  }

  private void ask(HttpClient users, String plant, int n) throws IOException, InterruptedException {
    users.send(
        HttpRequest.newBuilder(URI.create(target(plant, n))).build(), BodyHandlers.discarding());
  }

  private static void settle(AdminClient admin) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> admin.get("/api/v1/status").path("shadow").path("waiting").asLong(1) == 0);
  }

  @Test
  void eachPlantedDifferenceIsFoundAndARightPortGivesNoAlarm()
      throws IOException, InterruptedException {
    BanyanServer server = start();
    try (HttpClient users = HttpClient.newHttpClient()) {
      AdminClient admin = new AdminClient(server.adminAddress(), server.token().value());
      for (Map.Entry<String, Integer> quiet : QUIET.entrySet()) {
        for (int n = 1; n <= quiet.getValue(); n++) {
          ask(users, quiet.getKey(), n);
        }
      }
      settle(admin);
      JsonNode parity = admin.get("/api/v1/modules/planted").path("parity");
      assertThat(parity.path("mismatched").asLong() + parity.path("broken").asLong()).isZero();
      assertThat(parity.path("matched").asLong()).isEqualTo(2_000 + BATCH);

      StringBuilder report = new StringBuilder("planted differences, found at request\n");
      for (Map.Entry<String, String> plant : PLANTS.entrySet()) {
        int first = hunt(users, admin, plant.getKey());
        report.append("  %-16s %,d%n".formatted(plant.getKey(), first));
        assertThat(place(admin, plant.getKey())).as(plant.getKey()).isEqualTo(plant.getValue());
      }
      System.out.println(report);
    } finally {
      server.stop(Duration.ZERO);
    }
  }

  /** Asks until a mismatch of this plant is there; the number of the request that it was. */
  private int hunt(HttpClient users, AdminClient admin, String plant)
      throws IOException, InterruptedException {
    for (int sent = 0; sent < MOST; sent += BATCH) {
      for (int n = sent + 1; n <= sent + BATCH; n++) {
        ask(users, plant, n);
      }
      settle(admin);
      JsonNode cluster = cluster(admin, plant);
      if (cluster != null) {
        return firstOf(admin, plant);
      }
    }
    throw new AssertionError(plant + " was not found in " + MOST + " requests");
  }

  private static @Nullable JsonNode cluster(AdminClient admin, String plant) {
    for (JsonNode one : admin.get("/api/v1/modules/planted/clusters").path("clusters")) {
      if (one.path("function").asString().equals(plant)) {
        return one;
      }
    }
    return null;
  }

  private static int firstOf(AdminClient admin, String plant) {
    int first = Integer.MAX_VALUE;
    for (JsonNode one :
        admin.get("/api/v1/modules/planted/mismatches?limit=1000").path("mismatches")) {
      if (one.path("function").asString().equals(plant)) {
        String uri = one.path("request").path("request_uri").asString();
        String n = uri.replaceAll(".*[?&]n=(\\d+)&.*", "$1");
        first = Math.min(first, Integer.parseInt(n));
      }
    }
    return first;
  }

  private static String place(AdminClient admin, String plant) {
    JsonNode cluster = Objects.requireNonNull(cluster(admin, plant), plant);
    return cluster.path("places").path(0).path("place").asString();
  }
}
