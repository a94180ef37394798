package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server a request goes to, as a real nginx chose for the same requests. */
final class BalancingTest {
  @TempDir static Path prefix;

  private static Served served;

  @BeforeAll
  static void serve() {
    int one = Served.freePort();
    int two = Served.freePort();
    int three = Served.freePort();
    int nobody = Served.freePort();
    String origin =
        """
        server { listen 127.0.0.1:%d; location / { return 200 %d; }
          location /held { content_by_lua_block {
            ngx.shared.d:incr("here", 1, 0)
            while not ngx.shared.d:get("go") do ngx.sleep(0.01) end
            ngx.print(%2$d)
          } } }
        """;
    String http =
        "lua_shared_dict d 1m; "
            + origin.formatted(one, 1)
            + origin.formatted(two, 2)
            + origin.formatted(three, 3)
            + """
            upstream least { least_conn; server 127.0.0.1:%1$d; server 127.0.0.1:%2$d weight=2; server 127.0.0.1:%3$d; }
            upstream broken { server 127.0.0.1:%4$d; server 127.0.0.1:%1$d; }
            upstream sixth { server 0.0.0.1; balancer_by_lua_block {
              assert(require "ngx.balancer".set_current_peer("[::1]", %4$d)) } }
            """
                .formatted(one, two, three, nobody);
    served =
        Served.server(
            prefix,
            http,
            """
            add_header X-Upstream "$upstream_addr $upstream_bytes_received" always;
            location /held { proxy_pass http://least; }
            location = /here { content_by_lua_block { ngx.print(ngx.shared.d:get("here") or 0) } }
            location = /go { content_by_lua_block { ngx.shared.d:set("go", true) } }
            location /broken { proxy_pass http://broken; }
            location /sixth { proxy_pass http://sixth; }
            """);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void ofServersWithAsFewConnectionsThoseAloneTakeTurns() throws InterruptedException {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      answers.add(
          CompletableFuture.supplyAsync(() -> served.get("/held"), Thread::startVirtualThread));
      while (!Served.body(served.get("/here")).contains("\r\n" + i + "\r\n")) {
        Thread.sleep(5);
      }
    }
    served.get("/go");
    StringBuilder chosen = new StringBuilder();
    for (CompletableFuture<String> answer : answers) {
      chosen.append(Served.body(answer.join()).strip());
    }
    assertThat(chosen).hasToString("21323122");
  }

  @Test
  void theLogOfAServerThatIsLeftOutSaysWhatWasBeingDone() {
    assertThat(served.get("/broken")).startsWith("HTTP/1.1 200 OK");
    assertThat(served.awaitLog("error.log", "temporarily disabled"))
        .contains("upstream server temporarily disabled while connecting to upstream, client:");
  }

  @Test
  void octetsOfAHeadCountBeforeTheBodyIsThere() {
    assertThat(served.get("/broken")).containsPattern("X-Upstream: .*:\\d+ \\d{2,}\r\n");
  }

  @Test
  void aBalancerTakesAnAddressInBrackets() {
    assertThat(served.get("/sixth")).contains("X-Upstream: [::1]:");
  }
}
