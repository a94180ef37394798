package dev.banyan.it.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.Banyan;
import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.process.FreePorts;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code banyan learn}, ended by a signal as Ctrl-C does. */
final class EndedEarlyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private BanyanServer serve(int port) throws IOException {
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        events {}
        http {
          lua_package_path "$prefix/?.lua;;";
          server {
            listen 127.0.0.1:%d;
            location / {
              content_by_lua_block { ngx.print(require("greeting").text(ngx.var.arg_name)) }
            }
          }
        }
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("greeting.lua"),
        "local _M = {} function _M.text(name) return 'hello ' .. name end return _M");
    Files.writeString(
        folder.resolve("banyan.yaml"), "conf: nginx.conf\nadmin: {listen: \"127.0.0.1:0\"}\n");
    return BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
  }

  private static void ask(HttpClient user, int port) throws IOException, InterruptedException {
    URI greeting = URI.create("http://127.0.0.1:" + port + "/?name=anna");
    assertThat(user.send(HttpRequest.newBuilder(greeting).build(), BodyHandlers.ofString()).body())
        .isEqualTo("hello anna");
  }

  @Test
  void whatWasRecordedUntilThenIsWrittenAndTheRecordingEnds() throws Exception {
    int port = FreePorts.next();
    BanyanServer server = serve(port);
    try (HttpClient user = HttpClient.newHttpClient()) {
      ask(user, port);
      Process learning =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Banyan.class.getName(),
                  "learn",
                  "greeting",
                  "--seconds",
                  "600",
                  "--config",
                  folder.resolve("banyan.yaml").toString(),
                  "--admin",
                  "http://127.0.0.1:" + server.adminAddress().getPort(),
                  "--vectors",
                  folder.resolve("vectors").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("told").toFile())
              .start();
      await()
          .atMost(PATIENCE)
          .until(() -> Files.readString(folder.resolve("told")).contains("recording"));
      ask(user, port);
      learning.destroy();
      assertThat(learning.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      assertThat(Files.readString(folder.resolve("told"))).contains("1 calls, 1 vectors");
      assertThat(folder.resolve("vectors/learned.json")).exists();
      assertThat(folder.resolve("vectors/0001-text.json")).exists();
      AdminClient admin = new AdminClient(server.adminAddress(), server.token().value());
      assertThat(admin.get("/api/v1/modules/greeting/learn").path("state").asString())
          .isNotEqualTo("recording");
    } finally {
      server.stop(Duration.ZERO);
    }
  }
}
