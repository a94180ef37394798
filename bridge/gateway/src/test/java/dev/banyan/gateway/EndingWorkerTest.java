package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What timers are told by a worker that ends, which loggers flush their last lines by. */
final class EndingWorkerTest {
  @TempDir Path prefix;

  @Test
  void aTimerThatWaitsIsPrematureAndOneWithoutDelayThatItMakesIsNot() {
    String http =
        """
        init_worker_by_lua_block {
          ngx.timer.at(30, function(premature)
            local later, why = ngx.timer.at(0.1, function() end)
            ngx.log(ngx.WARN, "waited: ", premature, " ", later, " ", why)
            ngx.timer.at(0, function(early) ngx.log(ngx.WARN, "at once: ", early) end)
          end)
        }
        """;
    String server = "location / { return 200 ok; }";
    try (Served served = Served.server(prefix, http, server)) {
      assertThat(served.get("/")).endsWith("ok");
      served.gateway().reload(Served.conf(prefix, served.port(), "", server));
      assertThat(served.awaitLog("error.log", "waited")).contains("true nil process exiting");
      assertThat(served.awaitLog("error.log", "at once")).contains("at once: false");
    }
  }
}
