package dev.banyan.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails says why and leaves nothing running, wherever it gave up. */
final class FailedStartTest {
  @TempDir Path folder;

  @Test
  void aTakenAdminPortIsNamedAndNoThreadStays() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(0, taken.getLocalPort(), "the admin address 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aTakenPortOfTheLegacyIsNamedAndNoThreadStays() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(taken.getLocalPort(), 0, "127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aPidFileThatCannotBeWrittenIsNamedAndNoThreadStays() throws IOException {
    refused("pid absent/nginx.pid;", 0, 0, folder.resolve("absent/nginx.pid").toString());
  }

  @Test
  void aPidFileBelowAFileIsNamedAndNoThreadStays() throws IOException {
    refused("pid nginx.conf/nginx.pid;", 0, 0, folder.resolve("nginx.conf/nginx.pid").toString());
  }

  @Test
  void theUsualPidFileMayLackItsFolder() throws IOException {
    configure("", freePort(), 0);
    BanyanServer server = BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
    server.stop(Duration.ZERO);
    assertThat(folder.resolve("logs")).doesNotExist();
  }

  @Test
  void aStartThatFailsLeavesThePidFileOfTheOneThatServes() throws IOException {
    Path file = Files.writeString(folder.resolve("nginx.pid"), "4711\n");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused("pid nginx.pid;", taken.getLocalPort(), 0, "127.0.0.1:" + taken.getLocalPort());
    }
    assertThat(file).hasContent("4711");
  }

  @Test
  void aStartThatFailsLeavesNoPidFile() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused("pid nginx.pid;", taken.getLocalPort(), 0, "127.0.0.1:" + taken.getLocalPort());
    }
    assertThat(folder.resolve("nginx.pid")).doesNotExist();
  }

  private void refused(int port, int adminPort, String named) throws IOException {
    refused("", port, adminPort, named);
  }

  private void refused(String directives, int port, int adminPort, String named)
      throws IOException {
    configure(directives, port == 0 ? freePort() : port, adminPort);
    BanyanConfig config = BanyanConfig.load(folder.resolve("banyan.yaml"));
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThatThrownBy(() -> BanyanServer.start(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(named);
    await().untilAsserted(() -> assertThat(banyansSince(before)).isEmpty());
  }

  private void configure(String directives, int port, int adminPort) throws IOException {
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        %s events {}
        http {
          access_log off;
          server { listen 127.0.0.1:%d; location / { return 200 "ok"; } }
        }
        """
            .formatted(directives, port));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:%d"}
        """
            .formatted(adminPort));
  }

  private static Set<Thread> banyansSince(Set<Thread> before) {
    Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
    now.removeAll(before);
    now.removeIf(thread -> !thread.getName().startsWith("banyan"));
    return now;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
