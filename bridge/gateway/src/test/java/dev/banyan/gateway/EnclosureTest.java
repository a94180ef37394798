package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.banyan.nginx.NginxConf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is shut off from everything, whatever its configuration asks for. */
final class EnclosureTest {

  @TempDir Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpServer origin;
  private Enclosure enclosure;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    origin.createContext(
        "/",
        exchange -> {
          byte[] body = "the one origin".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    origin.start();
    Files.writeString(folder.resolve("kept"), "kept");
    String text =
        conf(origin.getAddress().getPort(), folder.resolve("new"), folder.resolve("kept"));
    enclosure = new Enclosure(origin.getAddress());
    gateway =
        Gateway.start(
            NginxConf.parse(text, folder.resolve("nginx.conf"), folder),
            GatewayOptions.defaults().withEnclosure(enclosure));
  }

  /** Whatever was asked, nothing was written. */
  @AfterEach
  void stop() throws IOException {
    client.close();
    gateway.close();
    origin.stop(0);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
          .containsExactly("kept");
    }
  }

  private static String conf(int port, Path made, Path kept) {
    return """
    worker_processes 1;
    error_log logs/error.log info;
    events {}
    http {
      access_log logs/access.log;
      upstream shop { server shop.invalid:8080; }
      server {
        listen 203.0.113.7:443 proxy_protocol;
        location /named { proxy_pass http://api.invalid/x; }
        location /grouped { proxy_pass http://shop; }
        location /socket {
          content_by_lua_block {
            local ok, err = ngx.socket.tcp():connect("127.0.0.1", %1$d)
            ngx.print(tostring(ok), " ", err)
          }
        }
        location /process {
          content_by_lua_block {
            local proc, err = require("ngx.pipe").spawn("echo written > %2$s")
            ngx.print(tostring(proc), " ", err)
          }
        }
        location /file {
          content_by_lua_block {
            local file = io.open("%2$s", "a")
            file:write("written")
            file:close()
            os.remove("%3$s")
            ngx.log(ngx.ERR, "logged")
            ngx.print(io.open("%3$s", "r"):read("*a"))
          }
        }
        location /ends {
          return 200 "$remote_addr:$remote_port $server_addr:$server_port";
        }
      }
    }
    """
        .formatted(port, made, kept);
  }

  private String ask(String target) throws IOException, InterruptedException {
    int port = gateway.addresses().getFirst().getPort();
    URI uri = URI.create("http://127.0.0.1:" + port + target);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  @Test
  void everyRequestToAnOriginGoesToOneAndNoNameIsLookedUp() throws Exception {
    for (String target : List.of("/named", "/grouped")) {
      assertThat(ask(target)).as(target).isEqualTo("the one origin");
    }
  }

  @Test
  void luaConnectsNowhere() throws Exception {
    assertThat(ask("/socket")).isEqualTo("nil connection refused");
  }

  @Test
  void luaStartsNoProcess() throws Exception {
    assertThat(ask("/process")).isEqualTo("nil fork failed: Operation not permitted");
  }

  @Test
  void filesAreReadAndNotWritten() throws Exception {
    assertThat(ask("/file")).isEqualTo("kept");
  }

  @Test
  void aConnectionIsSaidToBeBetweenOtherEnds() throws Exception {
    enclosure.next(
        new Enclosure.Ends(
            new InetSocketAddress("198.51.100.9", 4711),
            new InetSocketAddress("203.0.113.7", 443)));
    assertThat(ask("/ends")).isEqualTo("198.51.100.9:4711 203.0.113.7:443");
    enclosure.next(null);
    assertThat(ask("/ends")).startsWith("127.0.0.1:");
  }
}
