package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that go to a syslog server: messages as nginx makes them. */
final class SyslogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path prefix;

  private DatagramSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    server.setSoTimeout((int) PATIENCE.toMillis());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String received() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    server.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
  }

  private String to(String more) {
    return "syslog:server=127.0.0.1:" + server.getLocalPort() + more;
  }

  @Test
  void aRequestIsAMessageWithoutANewline() throws IOException {
    String log = "log_format m '$uri $status';";
    String location =
        "location / { access_log "
            + to(",facility=local3,tag=edge,severity=notice")
            + " m; return 200 x; }";
    try (Served served = Served.server(prefix, log, location)) {
      served.get("/a");
      String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      assertThat(received())
          .matches("<157>\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\Q" + host + "\\E edge: /a 200");
    }
  }

  @Test
  void anErrorHasTheSeverityOfItsLevel() throws IOException {
    String location =
        "location / { error_log "
            + to(",nohostname,severity=crit")
            + " warn; content_by_lua_block { ngx.log(ngx.ERR, 'bad') ngx.log(ngx.WARN, 'poor')"
            + " ngx.log(ngx.INFO, 'unsaid') ngx.log(ngx.CRIT, 'last') } }";
    try (Served served = Served.server(prefix, "", location)) {
      served.get("/a");
      assertThat(received()).startsWith("<187>").contains(" nginx: 20").contains("[error]", "bad");
      assertThat(received()).startsWith("<188>").contains("[warn]", "poor");
      assertThat(received()).startsWith("<186>").contains("[crit]", "last").doesNotContain("\n");
    }
  }
}
