package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fastcgi_pass}: what the logs say of odd servers, and connections that are kept. */
final class FastCgiTest {
  private static final int PARAMS = 4;
  private static final int STDIN = 5;
  private static final String ENDED = out("") + record(3, "\0\0\0\0\0\0\0\0");

  private static final Map<String, String> ANSWERS =
      Map.of(
          "fine",
          out("X: y\r\n\r\nbody") + ENDED,
          "leaves",
          out("X: y\r\n\r\nbody") + ENDED,
          "version",
          "\2",
          "type",
          "\1\5",
          "ended",
          record(3, "\0\0\0\0\0\0\0\0"),
          "closed",
          out(""),
          "line",
          out("bad head\r\n\r\n"),
          "status",
          out("Status: none\r\n\r\n"),
          "error",
          record(7, "PHP Fatal error.\n") + out("X: y\r\n\r\nbody") + ENDED,
          "much",
          out("Content-Length: 2\r\n\r\nbody") + ENDED);

  @TempDir Path prefix;

  private SocketServer server;

  private static String record(int type, String content) {
    int length = content.length();
    return "\1" + (char) type + "\0\1" + (char) (length >> 8) + (char) length + "\0\0" + content;
  }

  private static String out(String text) {
    return record(6, text);
  }

  @BeforeEach
  void listen() throws IOException {
    server = SocketServer.start(FastCgiTest::answer);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static void answer(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    String asked = "";
    while (!asked.equals("leaves")) {
      asked = asked(in);
      socket
          .getOutputStream()
          .write(ANSWERS.getOrDefault(asked, "").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** The value of the first parameter of the next request. */
  private static String asked(DataInputStream in) throws IOException {
    String value = "";
    while (true) {
      in.readUnsignedByte();
      int type = in.readUnsignedByte();
      in.readUnsignedShort();
      int length = in.readUnsignedShort();
      int padding = in.readUnsignedByte();
      in.readUnsignedByte();
      byte[] content = in.readNBytes(length);
      in.readNBytes(padding);
      if (type == PARAMS && length > 0) {
        value = new String(content, 2 + content[0], content[1], StandardCharsets.ISO_8859_1);
      } else if (type == STDIN && length == 0) {
        return value;
      }
    }
  }

  private Served serve(String more) {
    String address = "127.0.0.1:" + server.port();
    return Served.server(
        prefix,
        "upstream kept { server "
            + address
            + "; keepalive 2; }\n"
            + "upstream chosen { server 0.0.0.1; keepalive 2; balancer_by_lua_block {"
            + " require('ngx.balancer').set_current_peer('127.0.0.1', "
            + server.port()
            + ") } }",
        "location / { fastcgi_param ASKED $arg_a; fastcgi_catch_stderr \"PHP Fatal\";"
            + " fastcgi_pass "
            + address
            + "; }\n"
            + more);
  }

  @Test
  void whatIsAmissIsSaidInNginxsWords() {
    try (Served served = serve("")) {
      for (String answer :
          List.of("version", "type", "ended", "closed", "line", "status", "error")) {
        assertThat(served.get("/?a=" + answer)).as(answer).startsWith("HTTP/1.1 502 ");
      }
      assertThat(served.get("/?a=much")).contains("Content-Length: 2\r\n").endsWith("\r\n\r\nbo");
      String log = served.awaitLog("error.log", "sent more data");
      String reading = " while reading response header from upstream, client: ";
      assertThat(log)
          .contains("upstream sent unsupported FastCGI protocol version: 2" + reading)
          .contains("upstream sent invalid FastCGI record type: 5" + reading)
          .contains("upstream sent unexpected FastCGI record: 3" + reading)
          .contains("upstream prematurely closed FastCGI stdout" + reading)
          .contains("upstream sent invalid header: \"bad\\x20...\"" + reading)
          .contains("upstream sent invalid status \"none\"" + reading)
          .contains("FastCGI sent in stderr: \"PHP Fatal error\"" + reading)
          .contains("upstream: \"fastcgi://127.0.0.1:" + server.port() + "\"")
          .contains(
              "[warn]",
              "upstream sent more data than specified in \"Content-Length\" header while reading"
                  + " upstream");
    }
  }

  @Test
  void anAbsentSocketIsCritical() {
    try (Served served = serve("location /absent { fastcgi_pass unix:/no/such/socket; }")) {
      assertThat(served.get("/absent")).startsWith("HTTP/1.1 502 ");
      assertThat(served.awaitLog("error.log", "connect()"))
          .contains("[crit]")
          .contains(
              "connect() to unix:/no/such/socket failed (2: No such file or directory) while"
                  + " connecting to upstream")
          .contains("upstream: \"fastcgi://unix:/no/such/socket:\"");
    }
  }

  @Test
  void connectionsAreKeptWhereTheServerIsAskedTo() {
    String ask = "fastcgi_param ASKED $arg_a; ";
    try (Served served =
        serve(
            "location /k { fastcgi_keep_conn on; "
                + ask
                + "fastcgi_pass kept; }\n"
                + "location /n { "
                + ask
                + "fastcgi_pass kept; }\n"
                + "location /c { fastcgi_keep_conn on; "
                + ask
                + "fastcgi_pass chosen; }")) {
      served.get("/k?a=fine");
      served.get("/k?a=fine");
      assertThat(server.connections()).isEqualTo(1);
      assertThat(served.get("/k?a=leaves")).endsWith("body\r\n0\r\n\r\n");
      assertThat(served.get("/k?a=fine")).endsWith("body\r\n0\r\n\r\n");
      assertThat(server.connections()).isEqualTo(2);
      served.get("/n?a=fine"); // takes the one that is kept, and asks for none to be kept
      served.get("/n?a=fine");
      assertThat(server.connections()).isEqualTo(3);
      served.get("/c?a=fine");
      served.get("/c?a=fine");
      assertThat(server.connections()).isEqualTo(4);
    }
  }

  @Test
  void parametersThatDontFitAreAnError() {
    try (Served served =
        serve(
            "location /big { fastcgi_param A $big; fastcgi_pass kept;"
                + " set_by_lua_block $big { return string.rep('a', 70000) } }")) {
      assertThat(served.get("/big")).startsWith("HTTP/1.1 500 ");
      assertThat(served.awaitLog("error.log", "too big"))
          .contains("[alert]")
          .contains("fastcgi request record is too big: 70");
      assertThat(server.connections()).isEqualTo(0);
    }
  }

  @Test
  void theLengthOfAnAnswerCountsWhatFramesIt() {
    try (Served served =
        serve(
            "location /l { fastcgi_param ASKED fine; fastcgi_pass kept; log_by_lua_block {"
                + " ngx.log(ngx.ERR, 'length ', ngx.var.upstream_response_length, ' of ',"
                + " ngx.var.upstream_bytes_received) } }")) {
      served.get("/l");
      int all = ANSWERS.getOrDefault("fine", "").length();
      assertThat(served.awaitLog("error.log", " of "))
          .contains("length " + (all - out("X: y\r\n\r\n").length()) + " of " + all);
    }
  }
}
