package dev.banyan.it.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.it.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Lua that fills the heap of a Banyan in a process of its own. */
final class FullHeapTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final HttpClient user = HttpClient.newHttpClient();
  private int port;
  private Process banyan;

  FullHeapTest() {}

  @BeforeEach
  void start() throws IOException {
    port = FreePorts.next();
    int admin = FreePorts.next();
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        worker_processes 1;
        error_log logs/error.log;
        events {}
        http {
          access_log off;
          init_by_lua_block {
            function fill()
              local t = {}
              while pcall(function() t[#t + 1] = ("x"):rep(20000) .. #t end) do end
              for i = 1, 1e8 do t[#t + 1] = ("x"):rep(50) .. i end -- what is left between those
            end
          }
          server {
            listen 127.0.0.1:%d;
            location /raises { content_by_lua_block { ngx.say(fill()) } }
            location /caught { content_by_lua_block { ngx.say(pcall(fill)) } }
            location /threaded {
              content_by_lua_block { ngx.say(coroutine.resume(coroutine.create(fill))) }
            }
            location /small { content_by_lua_block { ngx.say("as ever") } }
          }
        }
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        "conf: nginx.conf\nadmin: {listen: \"127.0.0.1:%d\"}\n".formatted(admin));
    banyan =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports",
                "java.base/jdk.internal.vm=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx40m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.banyan.cli.Banyan",
                "serve",
                "--config",
                folder.resolve("banyan.yaml").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    await()
        .atMost(PATIENCE)
        .until(() -> Files.readString(folder.resolve("output")).contains("banyan: serving on"));
  }

  @AfterEach
  void stop() {
    banyan.destroyForcibly();
    user.close();
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return user.send(
        HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofString());
  }

  @Test
  void luaThatFillsTheHeapIsToldSoAndOthersAreServedAsEver() throws Exception {
    assertThat(ask("/raises").statusCode()).isEqualTo(500);
    assertThat(Files.readString(folder.resolve("logs/error.log")))
        .contains("not enough memory", "stack traceback:");
    assertThat(ask("/caught").body()).isEqualTo("falsenot enough memory\n");
    assertThat(ask("/threaded").body()).isEqualTo("falsenot enough memory\n");
    assertThat(ask("/small").body()).isEqualTo("as ever\n");
  }
}
