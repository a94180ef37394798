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

/** A client that ends its side, or all, while its request runs. */
final class LeavingClientTest {
  private static final String LOG = "log_format m '$uri $status $body_bytes_sent';";

  private static final String LOCATIONS =
      """
      access_log logs/access.log m;
      location / { lua_check_client_abort on; rewrite_by_lua_block {
        ngx.timer.at(0, function() ngx.log(ngx.WARN, 'begun') end) }
        content_by_lua_block { ngx.sleep(1) ngx.log(ngx.WARN, 'nobody told') ngx.say('done') } }
      location = /read { content_by_lua_block { ngx.req.read_body() ngx.say('read') } }
      location = /socket { content_by_lua_block { local s = ngx.req.socket()
        ngx.say(select(2, s:receive(10)), ' ', select(3, s:receive(10))) } }
      location = /raw { content_by_lua_block { local s = ngx.req.socket(true) s:send('raw octets') } }
      location = /after { lua_check_client_abort on; content_by_lua_block {
        ngx.on_abort(function() ngx.exit(499) end) ngx.sleep(0.3) ngx.say('first') } }
      location = /ret { return 200 'second'; }
      """;

  @TempDir Path prefix;

  private Served served() {
    return Served.server(prefix, LOG, LOCATIONS);
  }

  private static Socket client(Served served, String octets) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), served.port());
    client.setSoTimeout(30_000);
    client.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    return client;
  }

  private static String rest(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void luaThatChecksForItEndsWithItsClient(boolean half) throws Exception {
    try (Served served = served()) {
      try (Socket client = client(served, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
        served.awaitLog("error.log", "begun");
        if (half) {
          client.shutdownOutput();
          assertThat(rest(client)).isEmpty();
        } else {
          client.setSoLinger(true, 0); // its close is a reset
        }
      }
      assertThat(served.awaitLog("access.log", "/ 499 0")).contains("/ 499 0");
      Thread.sleep(1200);
      assertThat(served.awaitLog("error.log", "begun")).doesNotContain("nobody told");
    }
  }

  @Test
  void aClientThatAsksForMoreHasNotLeft() throws IOException {
    try (Served served = served();
        Socket client =
            client(
                served,
                "GET /after HTTP/1.1\r\nHost: a\r\n\r\nGET /ret HTTP/1.1\r\nHost: a\r\n\r\n")) {
      client.shutdownOutput();
      assertThat(rest(client)).contains("first").endsWith("second");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nab"})
  void whoLeavesWithinTheBodyIsAnsweredNothing(String body) throws IOException {
    try (Served served = served();
        Socket client = client(served, "POST /read HTTP/1.1\r\nHost: a\r\n" + body)) {
      client.shutdownOutput();
      assertThat(rest(client)).isEmpty();
      assertThat(served.awaitLog("access.log", "/read")).contains("/read 400 0");
    }
  }

  @Test
  void theBodysSocketSaysThatTheClientAborted() throws IOException {
    String request = "POST /socket HTTP/1.0\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc";
    try (Served served = served();
        Socket client = client(served, request)) {
      client.shutdownOutput();
      assertThat(rest(client)).contains("client aborted");
    }
  }

  @Test
  void whatARawSocketSendsCountsAsSent() throws IOException {
    try (Served served = served();
        Socket client = client(served, "GET /raw HTTP/1.1\r\nHost: a\r\n\r\n")) {
      assertThat(rest(client)).isEqualTo("raw octets");
      assertThat(served.awaitLog("access.log", "/raw")).contains(" 10\n");
    }
  }
}
