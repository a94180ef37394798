package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the error log tells of the sockets of timers. */
final class TimerSocketsTest {
  @TempDir Path prefix;

  @Test
  void aTimersSocketsAreAsQuietAsTheLocationThatMadeIt() throws Exception {
    String timer =
        """
        content_by_lua_block { ngx.timer.at(0, function()
          ngx.socket.tcp():connect("127.0.0.1", %d) ngx.log(ngx.WARN, ngx.shared.d:incr("n", 1, 0), " tried") end) }
        """
            .formatted(Served.freePort());
    String http =
        """
        lua_shared_dict d 1m; lua_socket_log_errors off;
        init_worker_by_lua_block { ngx.timer.at(0, function()
          ngx.socket.tcp():connect("127.0.0.1", 1) ngx.log(ngx.WARN, "first tried") end) }
        """;
    String server =
        "location /quiet { "
            + timer
            + " } location /loud { lua_socket_log_errors on; "
            + timer
            + " }";
    try (Served served = Served.server(prefix, http, server)) {
      served.awaitLog("error.log", "first tried");
      served.get("/quiet");
      assertThat(served.awaitLog("error.log", "1 tried")).doesNotContain("connect() failed");
      served.get("/loud");
      assertThat(served.awaitLog("error.log", "2 tried")).containsOnlyOnce("connect() failed");
    }
  }
}
