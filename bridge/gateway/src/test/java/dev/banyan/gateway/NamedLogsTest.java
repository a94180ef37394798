package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.nginx.NginxConf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of logs are there before a line is, as those of nginx. */
final class NamedLogsTest {
  @TempDir Path prefix;

  private boolean isThere(String name) {
    return Files.exists(prefix.resolve("logs").resolve(name));
  }

  @Test
  void eachIsMadeBeforeTheFirstLineWhateverLocationLogsToIt() throws Exception {
    String server =
        "error_log logs/server.log; access_log logs/access.log; location / { access_log logs/$host.log; return 200; }"
            + " location /a { access_log logs/a.log; return 200; }";
    try (Served served = Served.server(prefix, "", server)) {
      assertThat(served.port()).isPositive();
      assertThat(isThere("server.log")).isTrue();
      assertThat(isThere("access.log")).isTrue();
      assertThat(isThere("a.log")).isTrue();
    }
  }

  @Test
  void oneThatWasMovedAwayIsMadeAgainWhenLogsAreReopened() throws Exception {
    String server = "location / { access_log logs/a.log; return 200; }";
    try (Served served = Served.server(prefix, "", server)) {
      Files.move(prefix.resolve("logs/a.log"), prefix.resolve("logs/a.log.1"));
      served.gateway().reopenLogs();
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (System.nanoTime() < end && !isThere("a.log")) {
        Thread.sleep(10);
      }
      assertThat(isThere("a.log")).isTrue();
    }
  }

  @Test
  void whereOneCantBeOpenedNothingIsServedAndTheReasonIsToldWithItsLine() {
    String server = "location / {\n access_log absent/a.log;\n return 200; }";
    assertThatThrownBy(() -> Served.server(prefix, "", server).close())
        .isInstanceOf(GatewayException.class)
        .hasMessageMatching(
            "open\\(\\) \".*/absent/a\\.log\" failed \\(2: No such file or directory\\) in .*:\\d+");
  }

  @Test
  void aReloadToALogThatCantBeOpenedLeavesTheFormerConfigurationInService() throws Exception {
    String server = "location / { return 200 former; }";
    try (Served served = Served.server(prefix, "", server)) {
      Files.createDirectories(prefix.resolve("logs/folder"));
      NginxConf next =
          Served.conf(
              prefix, served.port(), "", "error_log logs/folder; location / { return 200 next; }");
      assertThatThrownBy(() -> served.gateway().reload(next))
          .isInstanceOf(GatewayException.class)
          .hasMessageContaining("(21: Is a directory)");
      assertThat(served.get("/")).endsWith("former");
    }
  }
}
