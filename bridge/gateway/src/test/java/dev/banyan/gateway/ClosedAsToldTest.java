package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a connection ends is what lingering_close and reset_timedout_connection say. */
class ClosedAsToldTest {
  private static final String LOCATIONS =
      """
      client_header_timeout 300ms; client_body_timeout 300ms; keepalive_timeout 300ms;
      lingering_timeout 600ms;
      location /answers { return 200 "x"; }
      location /reads { content_by_lua_block { ngx.req.read_body() ngx.say('read') } }
      location /closes { return 444; }
      """;

  @TempDir Path prefix;

  private Served served(int port, String directives) {
    return Served.server(
        prefix, "", "listen 127.0.0.1:" + port + ";\n" + directives + "\n" + LOCATIONS);
  }

  /** Sends, reads until the end, and tells how it came: closed or reset. */
  private static String end(Socket client, String request) throws IOException {
    client.setSoTimeout(20_000);
    client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    try {
      client.getInputStream().readAllBytes();
      return "closed";
    } catch (SocketException e) {
      return "reset";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "off, GET /closes, closed",
    "on, GET /closes, reset",
    "on, GET /ans, reset",
    "off, GET /ans, closed",
    "on, POST /reads, reset",
    "on, GET /answers, closed",
  })
  void aSlowClientsIsResetIfSo(String reset, String request, String expected) throws IOException {
    int port = Served.freePort();
    String rest =
        switch (request) {
          case "GET /ans" -> "";
          case "POST /reads" -> " HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc";
          default -> " HTTP/1.1\r\nHost: a\r\n\r\n";
        };
    try (Served _ = served(port, "reset_timedout_connection " + reset + ";");
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(end(client, request + rest)).isEqualTo(expected);
    }
  }

  /** Until when the server takes what is sent to it behind its last answer, in milliseconds. */
  private static boolean takesMore(int port) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET /answers HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      assertThat(end(client, request)).isEqualTo("closed");
      client.getOutputStream().write('x');
      Thread.sleep(100);
      client.getOutputStream().write('x');
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"always, true", "on, false", "off, false"})
  void anAnsweredClientIsListenedToIfAlways(String lingering, boolean takes) throws Exception {
    int port = Served.freePort();
    try (Served _ = served(port, "lingering_close " + lingering + ";")) {
      assertThat(takesMore(port)).isEqualTo(takes);
    }
  }
}
