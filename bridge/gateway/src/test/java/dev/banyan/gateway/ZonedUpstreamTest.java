package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams with and without a {@code zone} in a gateway of two workers. */
final class ZonedUpstreamTest {
  private static final int ENOUGH = 400;

  @TempDir static Path prefix;

  private static Served served;

  @BeforeAll
  static void serve() {
    int one = Served.freePort();
    int two = Served.freePort();
    int nobody = Served.freePort();
    served =
        Served.workers(
            2,
            prefix,
            """
            init_by_lua_block {
              up = require "ngx.upstream"
              function say(...)
                local text = table.concat({...}, " ")
                ngx.header.content_length = #text
                ngx.print(text)
              end
            }
            server { listen 127.0.0.1:%1$d; location / { return 200 1; } }
            server { listen 127.0.0.1:%2$d; location / { return 200 2; } }
            upstream shared { zone peers 64k; server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream turns { zone peers; server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream apart { server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream failing { zone peers; server 127.0.0.1:%3$d; server 127.0.0.1:%1$d; }
            """
                .formatted(one, two, nobody),
            """
            location ~ ^/down/(\\w+) { content_by_lua_block {
              up.set_peer_down(ngx.var[1], false, 1, true) say(ngx.worker.id()) } }
            location ~ ^/state/(\\w+) { content_by_lua_block {
              local peers = up.get_primary_peers(ngx.var[1])
              say(ngx.worker.id(), tostring(peers[2].down), peers[1].fails) } }
            location ~ ^/to/(\\w+) { proxy_pass http://$1; header_filter_by_lua_block {
              ngx.header.worker = ngx.worker.id() } }
            """);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  /** What all workers say of a group, each once. */
  private static Set<String> said(String group) {
    Set<String> said = new HashSet<>();
    for (int i = 0; i < ENOUGH && said.size() < 2; i++) {
      said.add(Served.body(served.get("/state/" + group)));
    }
    return said;
  }

  @Test
  void aPeerOfAZoneIsSetDownInEveryWorker() {
    served.get("/down/shared");
    assertThat(said("shared")).containsExactlyInAnyOrder("0 true 0", "1 true 0");
  }

  @Test
  void aPeerWithoutAZoneIsSetDownInOne() {
    String worker = Served.body(served.get("/down/apart"));
    assertThat(said("apart"))
        .containsExactlyInAnyOrder(
            worker.equals("0") ? "0 true 0" : "0 nil 0",
            worker.equals("1") ? "1 true 0" : "1 nil 0");
  }

  @Test
  void theWorkersOfAZoneTakeTurnsTogether() {
    Set<Boolean> workers = new HashSet<>();
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < ENOUGH && (workers.size() < 2 || i < 4); i++) {
      String answer = served.get("/to/turns");
      workers.add(answer.contains("worker: 0"));
      asked.add(Served.body(answer));
      served.get("/state/turns"); // workers take connections in turn, that to the origin too
    }
    assertThat(workers).hasSize(2);
    for (int i = 2; i < asked.size(); i++) {
      assertThat(asked.get(i)).as("request %d", i).isEqualTo(asked.get(i - 2));
    }
    assertThat(new HashSet<>(asked)).hasSize(2);
  }

  @Test
  void aFailureCountsInEveryWorkerOfAZone() {
    served.get("/to/failing");
    assertThat(said("failing")).containsExactlyInAnyOrder("0 nil 1", "1 nil 1");
  }
}
