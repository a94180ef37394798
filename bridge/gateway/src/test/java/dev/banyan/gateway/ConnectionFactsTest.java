package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connection tells of its client: the PROXY protocol, and that the client has left. */
final class ConnectionFactsTest {
  @TempDir Path prefix;

  private static Served proxied(Path prefix, int port, String settings) {
    return Served.server(
        prefix,
        "server { listen 127.0.0.1:"
            + port
            + " proxy_protocol; "
            + settings
            + " return 200 \"$proxy_protocol_addr $proxy_protocol_port"
            + " $proxy_protocol_server_addr $proxy_protocol_server_port $remote_addr\\n\"; }",
        "");
  }

  private static String talk(int port, String octets) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  @Test
  void theProxyProtocolNamesTheClient() throws IOException {
    int port = Served.freePort();
    try (Served _ = proxied(prefix, port, "")) {
      assertThat(talk(port, "PROXY TCP4 192.0.2.1 192.0.2.2 1111 2222\r\n" + GET))
          .endsWith("192.0.2.1 1111 192.0.2.2 2222 127.0.0.1\n");
      assertThat(talk(port, "PROXY TCP6 2001:db8::1 2001:db8::2 1111 2222\r\n" + GET))
          .contains("2001:db8:")
          .endsWith(" 2222 127.0.0.1\n");
      String binary =
          "\r\n\r\n\0\r\nQUIT\n!\u0011\0\f\u00c0\0\u0002\u0001\u00c0\0\u0002\u0002\u0004W\b\u00ae";
      assertThat(talk(port, binary + GET)).endsWith("192.0.2.1 1111 192.0.2.2 2222 127.0.0.1\n");
    }
  }

  @Test
  void theProxyProtocolBecomesTheClientsAddressWhereItIsTrusted() throws IOException {
    int port = Served.freePort();
    String trust = "set_real_ip_from 127.0.0.1; real_ip_header proxy_protocol;";
    try (Served _ = proxied(prefix, port, trust)) {
      assertThat(talk(port, "PROXY TCP4 192.0.2.1 192.0.2.2 1111 2222\r\n" + GET))
          .endsWith(" 192.0.2.1\n");
    }
  }

  @Test
  void aConnectionWithoutItsProxyHeaderIsClosed() throws IOException {
    int port = Served.freePort();
    try (Served _ = proxied(prefix, port, "")) {
      assertThat(talk(port, GET)).doesNotContain("200");
    }
  }

  @Test
  void aHandlerHearsThatItsClientHasLeft() throws IOException {
    String server =
        """
        location /left { lua_check_client_abort on; content_by_lua_block {
          ngx.on_abort(function() ngx.log(ngx.ERR, "the client has left") ngx.exit(499) end)
          ngx.sleep(30)
          ngx.log(ngx.ERR, "nobody told")
        } }
        location /proxied { proxy_pass http://127.0.0.1:PORT/left; }
        """;
    try (Served served = Served.server(prefix, "", server)) {
      for (String target : new String[] {"/left", "/proxied"}) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
          socket
              .getOutputStream()
              .write(
                  ("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
                      .getBytes(StandardCharsets.US_ASCII));
          socket.setSoTimeout(300);
          assertThat(quiet(socket)).isTrue();
        }
        String wanted =
            target.equals("/left") ? "\"GET /left HTTP/1.1\"" : "\"GET /left HTTP/1.0\"";
        assertThat(served.awaitLog("error.log", wanted)).contains("the client has left");
      }
    }
  }

  private static boolean quiet(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < -1;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    }
  }
}
