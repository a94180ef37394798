package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code memcached_pass} to a server that answers oddly, as nginx takes such answers. */
final class MemcachedTest {
  private static final Map<String, String> ANSWERS =
      Map.ofEntries(
          Map.entry("/m/a", "VALUE /m/a 0 5\r\nhello\r\nEND\r\n"),
          Map.entry("/m/none", "END\r\n"),
          Map.entry("/m/error", "ERROR\r\n"),
          Map.entry("/m/other", "VALUE /m/no 0 3\r\nabc\r\nEND\r\n"),
          Map.entry("/m/noflags", "VALUE /m/noflags\r\n"),
          Map.entry("/m/badlen", "VALUE /m/badlen 0 abc\r\n"),
          Map.entry("/m/cas", "VALUE /m/cas 0 3 77\r\nabc\r\nEND\r\n"),
          Map.entry("/m/lf", "VALUE /m/lf 0 3\nabc\r\nEND\r\n"),
          Map.entry("/m/trailer", "VALUE /m/trailer 0 3\r\nabcXXEND\r\n"),
          Map.entry("/m/close", ""),
          Map.entry("/m/short", "VALUE /m/short 0 10\r\nabc"));

  private static final List<String> CLOSED_AFTER = List.of("/m/close", "/m/short");

  private final List<String> keys = new CopyOnWriteArrayList<>();

  @TempDir Path prefix;

  private SocketServer server;

  @BeforeEach
  void listen() throws IOException {
    server = SocketServer.start(this::answer);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String key = line.substring("get ".length());
      keys.add(key);
      String text = ANSWERS.getOrDefault(key, key.equals("/m/slow") ? "" : "END\r\n");
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      if (CLOSED_AFTER.contains(key)) {
        return;
      }
    }
  }

  private Served serve(String http, String more) {
    return Served.server(
        prefix,
        http.replace("@", String.valueOf(server.port())),
        "memcached_read_timeout 300ms;\n"
            + "location /m/ { set $memcached_key $uri; memcached_pass 127.0.0.1:"
            + server.port()
            + "; add_header X-S $upstream_status always; }\n"
            + more);
  }

  @Test
  void aValueIsTheAnswerAndAMissIsA404() {
    try (Served served = serve("", "")) {
      assertThat(served.get("/m/a"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("Content-Length: 5\r\n")
          .contains("Accept-Ranges: bytes\r\n")
          .endsWith("\r\n\r\nhello");
      assertThat(served.get("/m/none"))
          .startsWith("HTTP/1.1 404 Not Found\r\n")
          .contains("X-S: 404\r\n");
    }
  }

  @Test
  void whatIsNoAnswerOfMemcachedIsA502AndSaidInTheLog() {
    try (Served served = serve("", "")) {
      for (String key : List.of("error", "other", "noflags", "badlen", "cas", "lf", "close")) {
        assertThat(served.get("/m/" + key))
            .as(key)
            .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
            .contains("X-S: 502\r\n");
      }
      assertThat(served.awaitLog("error.log", "prematurely closed"))
          .contains(
              "memcached sent invalid response: \"ERROR\" while reading response header from"
                  + " upstream")
          .contains(
              "memcached sent invalid key in response \"VALUE /m/no 0 3\" for key \"/m/other\"")
          .contains(
              "memcached sent invalid length in response \"VALUE /m/cas 0 3 77\" for key"
                  + " \"/m/cas\"")
          .contains("upstream: \"memcached://127.0.0.1:" + server.port() + "\"");
    }
  }

  @Test
  void aValueThatBreaksOffIsCutAndABadEndIsLoggedAlone() {
    try (Served served = serve("", "")) {
      assertThat(served.get("/m/short")).contains("Content-Length: 10\r\n").endsWith("\r\n\r\nabc");
      assertThat(served.get("/m/trailer")).endsWith("\r\n\r\nabc");
      assertThat(served.awaitLog("error.log", "invalid trailer"))
          .contains("memcached sent invalid trailer");
    }
  }

  @Test
  void silenceIsA504() {
    try (Served served = serve("", "")) {
      assertThat(served.get("/m/slow")).startsWith("HTTP/1.1 504 ").contains("X-S: 504\r\n");
    }
  }

  @Test
  void aKeyIsEscapedAndOneThatIsNotSetIsAnError() {
    try (Served served =
        serve("", "location /k { set $memcached_key $arg_k; memcached_pass 127.0.0.1:1; }")) {
      served.get("/m/a%20b%0d%7f%25%01");
      assertThat(keys).containsExactly("/m/a%20b%0D\u007f%25%01");
      assertThat(served.get("/k")).startsWith("HTTP/1.1 500 ");
      assertThat(served.awaitLog("error.log", "is not set"))
          .contains("the \"$memcached_key\" variable is not set");
    }
  }

  @Test
  void otherServersAreAskedWhereThatIsSaid() {
    String http = "upstream u { server 127.0.0.1:@; server 127.0.0.1:@ backup; }";
    String locations =
        "location /n { set $memcached_key /m/none; memcached_pass u;"
            + " memcached_next_upstream not_found; add_header X-S $upstream_status always; }\n"
            + "location /i { set $memcached_key /m/error; memcached_pass u;"
            + " memcached_next_upstream invalid_response;"
            + " add_header X-S $upstream_status always; }\n"
            + "location /o { set $memcached_key /m/error; memcached_pass u;"
            + " memcached_next_upstream off; add_header X-S $upstream_status always; }";
    try (Served served = serve(http, locations)) {
      assertThat(served.get("/n")).startsWith("HTTP/1.1 404 ").contains("X-S: 404, 404\r\n");
      assertThat(served.get("/o")).startsWith("HTTP/1.1 502 ").contains("X-S: 502\r\n");
    }
    try (Served served = serve(http, locations)) {
      assertThat(served.get("/i")).startsWith("HTTP/1.1 502 ").contains("X-S: 502, 502\r\n");
    }
  }

  @Test
  void connectionsOfAnUpstreamAreKept() {
    String http = "upstream u { server 127.0.0.1:@; keepalive 4; }";
    String location = "location ~ ^/k(/.*) { set $memcached_key $1; memcached_pass u; }";
    try (Served served = serve(http, location)) {
      for (String key : List.of("/k/m/a", "/k/m/none", "/k/m/a")) {
        served.get(key);
      }
      assertThat(server.connections()).isEqualTo(1);
      assertThat(keys).containsExactly("/m/a", "/m/none", "/m/a");
    }
  }

  @Test
  void luaChoosesTheServer() {
    String http =
        "upstream u { server 0.0.0.1; balancer_by_lua_block {"
            + " require('ngx.balancer').set_current_peer('127.0.0.1', @) } }";
    try (Served served =
        serve(http, "location /l { set $memcached_key /m/a; memcached_pass u; }")) {
      assertThat(served.get("/l")).endsWith("hello");
    }
  }
}
