package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection whose last answer is on its way (RFC 9112, section 9.6). */
final class ClosingConnectionTest {
  private static final int LARGE = 20_000_000;

  @TempDir Path prefix;

  private static final String LOCATION =
      "location /large { content_by_lua_block { ngx.print(('x'):rep(" + LARGE + ")) } }\n";

  @Test
  void servesNoRequestThatComesBeforeTheClientHasTakenTheLastAnswer() throws Exception {
    String after = "location / { content_by_lua_block { ngx.log(ngx.WARN, 'served after all') } }";
    try (Served served = Served.server(prefix, "", LOCATION + after);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      client.setSoTimeout(30_000);
      send(client, "GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      Thread.sleep(300); // the answer fills the socket meanwhile
      send(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Thread.sleep(300);
      assertThat(client.getInputStream().readAllBytes()).hasSizeGreaterThan(LARGE);
      assertThat(served.get("/")).contains("200 OK");
      String log = served.awaitLog("error.log", "served after all");
      assertThat(log.split("served after all", -1)).as("the second connection's alone").hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRI * HTTP",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
        "GET / HTTP/1.1\r\nHo"
      })
  void endsWithAClientThatHasAskedForNothing(String begun) throws Exception {
    int port = Served.freePort();
    String listen = "listen 127.0.0.1:" + port + " http2; ";
    try (Served _ = Served.server(prefix, "", listen + LOCATION);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(30_000); // half of what an idle connection may take
      send(client, begun);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).hasSizeLessThan(100);
    }
  }

  @Test
  void whoSendsOnWithoutKnowingThatTheAnswerWasTheLastIsNotReset() throws Exception {
    for (String last : new String[] {"/%zz", "/last"}) {
      try (Served served =
              Served.server(prefix, "", "location /last { keepalive_requests 1; return 200 x; }");
          Socket client = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
        client.setSoTimeout(30_000);
        send(client, "GET " + last + " HTTP/1.1\r\nHost: a\r\n\r\n");
        for (int i = 0; i < 3; i++) {
          Thread.sleep(100); // the answer is sent meanwhile; a reset would fail the next write
          send(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        assertThat(client.getInputStream().readAllBytes()).asString().containsOnlyOnce("HTTP/1.1 ");
      }
    }
  }

  private static void send(Socket client, String octets) throws IOException {
    client.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
  }
}
