package dev.banyan.it.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.it.process.FreePorts;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording has ended when its worker no longer records, and not before. */
final class LearnAgainTest {
  private static final String LEARN = "/api/v1/modules/m/learn";

  @TempDir Path folder;
  private final HttpClient users = HttpClient.newHttpClient();
  private final int port;

  LearnAgainTest() throws IOException {
    port = FreePorts.next();
  }

  private BanyanServer start() throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(
        folder.resolve("m.lua"),
        "local m = {}\nfunction m.twice(n)\n  return n * 2\nend\nreturn m\n");
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        worker_processes 1;
        events {}
        http {
          lua_package_path '$prefix/?.lua;;';
          init_by_lua_block { require 'm' }
          server {
            listen 127.0.0.1:%d;
            location / {
              content_by_lua_block {
                io.open('%s', 'w'):close()
                local till = ngx.now() + 2
                repeat ngx.update_time() until ngx.now() > till
              }
            }
          }
        }
        """
            .formatted(port, held()));
    Path config =
        Files.writeString(
            folder.resolve("banyan.yaml"),
            "conf: nginx.conf\nstate-dir: state\nadmin: {listen: \"127.0.0.1:0\"}\n");
    return BanyanServer.start(BanyanConfig.load(config));
  }

  private Path held() {
    return folder.resolve("held");
  }

  private HttpResponse<String> admin(BanyanServer server, String method, String body) {
    try {
      String token = Files.readString(folder.resolve("state/admin-token")).strip();
      URI uri = URI.create("http://127.0.0.1:" + server.adminAddress().getPort() + LEARN);
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build();
      return users.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method, e);
    }
  }

  @Test
  void theNextMayBeginAsSoonAsTheFirstIsToldToHaveEndedAlthoughItsWorkerIsHeld() throws Exception {
    BanyanServer server = start();
    try (users) {
      String options = "{\"seconds\":60,\"who\":\"it\"}";
      assertThat(admin(server, "POST", options).statusCode()).isEqualTo(200);
      URI hold = URI.create("http://127.0.0.1:" + port + "/");
      CompletableFuture<?> held =
          users.sendAsync(HttpRequest.newBuilder(hold).build(), BodyHandlers.discarding());
      await().until(() -> Files.exists(held()));
      CompletableFuture<?> ending =
          CompletableFuture.supplyAsync(() -> admin(server, "DELETE", ""));
      await().until(() -> admin(server, "GET", "").body().contains("\"state\":\"ended\""));
      HttpResponse<String> again = admin(server, "POST", options);
      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      CompletableFuture.allOf(held, ending).join();
    } finally {
      server.stop(Duration.ZERO);
    }
  }

  @Test
  void aReloadThatFailsLetsARecordingGoOnAndOneThatSucceedsEndsIt() throws Exception {
    BanyanServer server = start();
    try (users) {
      assertThat(admin(server, "POST", "{\"seconds\":60,\"who\":\"it\"}").statusCode())
          .isEqualTo(200);
      Path conf = folder.resolve("nginx.conf");
      String sound = Files.readString(conf);
      Files.writeString(conf, sound.replace("require 'm'", "error('no')"));
      assertThatThrownBy(server::reload).hasMessageContaining("init_by_lua error");
      assertThat(admin(server, "GET", "").body()).contains("\"state\":\"recording\"");
      Files.writeString(conf, sound);
      server.reload();
      assertThat(admin(server, "GET", "").body())
          .contains("\"state\":\"ended\"", "the configuration was reloaded");
    } finally {
      server.stop(Duration.ZERO);
    }
  }
}
