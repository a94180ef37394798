package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.transport.IoMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** nginx's {@code use}: each method that this machine has serves the same. */
final class EventMethodTest {
  private static final int BODY = 300_000;
  private static final int CUTS = 200;
  private static final int LARGE = 5_000_000;

  @TempDir Path prefix;

  /** Says what it runs with, as a machine without io_uring proves nothing about it. */
  static List<IoMethod> methods() {
    List<IoMethod> methods = IoMethod.available();
    System.out.println("event methods of this machine: " + methods);
    return methods;
  }

  private Served served(IoMethod method, String http, String server) {
    return Served.by(method, prefix, http, server);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void bodiesGoThroughAProxyWholeOneAfterTheOther(IoMethod method) throws Exception {
    String http =
        ("client_body_buffer_size 1m; server { listen unix:%1$s/o.sock; location / {"
                + " content_by_lua_block { ngx.req.read_body()"
                + " ngx.print(ngx.req.get_body_data()) } } }"
                + " upstream o { server unix:%1$s/o.sock; keepalive 2; }")
            .formatted(prefix);
    String server =
        "location / { proxy_pass http://o; proxy_http_version 1.1;"
            + " proxy_set_header Connection ''; }";
    try (Served served = served(method, http, server);
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + served.port() + "/");
      for (int i = 0; i < 10; i++) {
        String body = String.valueOf(i).repeat(BODY);
        HttpRequest request =
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
            .isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whatAnOriginSentBeforeItBrokeOffArrives(IoMethod method) throws IOException {
    String part = "x".repeat(5000);
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n";
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(origin, head + part));
      String server = "location / { proxy_pass http://127.0.0.1:" + origin.getLocalPort() + "; }";
      try (Served served = served(method, "", server)) {
        for (int i = 0; i < CUTS; i++) {
          assertThat(Served.body(served.get("/"))).as("answer %d", i).isEqualTo(part);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCaptureHasWhatItsOriginSentBeforeItBrokeOff(IoMethod method) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n";
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(origin, head + "first part"));
      String server =
          "location / { content_by_lua_block { local r = ngx.location.capture('/o')"
              + " ngx.say(r.status, ' ', r.truncated, ' ', r.body) } }"
              + " location /o { proxy_pass http://127.0.0.1:"
              + origin.getLocalPort()
              + "; }";
      try (Served served = served(method, "", server)) {
        for (int i = 0; i < CUTS; i++) {
          assertThat(served.get("/")).as("capture %d", i).contains("200 true first part");
        }
      }
    }
  }

  private static void answer(ServerSocket origin, String text) {
    for (int i = 0; i < CUTS; i++) {
      try (Socket socket = origin.accept()) {
        socket.getInputStream().read(new byte[4096]);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aClientThatWillSendNoMoreGetsAllItsAnswers(IoMethod method) throws IOException {
    String server =
        "location / { content_by_lua_block { ngx.print('1') } }"
            + " location /large { content_by_lua_block { ngx.print(('1'):rep(%d)) } }"
                .formatted(LARGE)
            + " location /last { content_by_lua_block { ngx.print('last answer') } }";
    String request = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";
    try (Served served = served(method, "", server)) {
      for (int i = 0; i < 20; i++) {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
          client.setSoTimeout(30_000);
          String first = request.formatted(i % 2 == 0 ? "/" : "/large");
          client
              .getOutputStream()
              .write((first + request.formatted("/last")).getBytes(StandardCharsets.ISO_8859_1));
          client.shutdownOutput();
          String answers =
              new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
          assertThat(answers.length()).as(first).isGreaterThan(i % 2 == 0 ? 0 : LARGE);
          assertThat(answers).as(first).contains("last answer");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCosocketReadsALineWhoseSenderHasGone(IoMethod method) throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(peer, "first\nlast"));
      String server =
          "location / { content_by_lua_block { local s = ngx.socket.tcp() s:connect('127.0.0.1', "
              + peer.getLocalPort()
              + ") s:send('?') ngx.sleep(0.01) local line = s:receive() ngx.say(line, ' ', s:receive('*a')) } }";
      try (Served served = served(method, "", server)) {
        for (int i = 0; i < CUTS; i++) {
          assertThat(served.get("/")).as("line %d", i).contains("first last\n");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aDatagramIsSentThoughItsSocketIsClosedAtOnce(IoMethod method) throws IOException {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      peer.setSoTimeout(30_000);
      String server =
          "location / { content_by_lua_block { local s = ngx.socket.udp() s:setpeername('127.0.0.1', "
              + peer.getLocalPort()
              + ") s:send('last') s:close() ngx.say('sent') } }";
      try (Served served = served(method, "", server)) {
        assertThat(served.get("/")).contains("sent");
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        peer.receive(packet);
        assertThat(packet.getLength()).isEqualTo(4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void cosocketsReadWhatIsThereAndStopWaitingInTime(IoMethod method) {
    String server =
        """
        location /slow { content_by_lua_block { ngx.print('one') ngx.flush(true) ngx.sleep(30) } }
        location / { content_by_lua_block {
          local s = ngx.socket.tcp()
          s:settimeouts(5000, 5000, 200)
          s:connect('127.0.0.1', PORT)
          s:send('GET /slow HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n')
          s:receiveuntil('\\r\\n\\r\\n')()
          ngx.say(s:receive(6):sub(4), ' ', select(2, s:receive(9)))
        } }
        """;
    try (Served served = served(method, "", server)) {
      assertThat(served.get("/")).contains("one timeout");
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void datagramsAreAnswered(IoMethod method) throws IOException {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      peer.setSoTimeout(30_000);
      Thread.ofVirtual().start(() -> echo(peer));
      String server =
          "location / { content_by_lua_block { local s = ngx.socket.udp() s:setpeername('127.0.0.1', "
              + peer.getLocalPort()
              + ") s:send('first') ngx.say(s:receive())"
              + " s:send('second') ngx.say(s:receive()) } }";
      try (Served served = served(method, "", server)) {
        assertThat(served.get("/")).contains("first\n").contains("second\n");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aDatagramThatNobodyTakesIsToldAtTheNext(IoMethod method) {
    String server =
        "location / { content_by_lua_block { local u = ngx.socket.udp() u:setpeername('127.0.0.1', 1)"
            + " local first = u:send('x') ngx.sleep(0.01) local second, why = u:send('y')"
            + " ngx.say(first, ' ', second, ' ', why, ' ', u:send('z')) } }";
    try (Served served = served(method, "", server)) {
      assertThat(served.get("/")).contains("1 nil connection refused 1\n");
    }
  }

  private static void echo(DatagramSocket peer) {
    DatagramPacket packet = new DatagramPacket(new byte[64], 64);
    try {
      while (true) {
        peer.receive(packet);
        peer.send(packet);
      }
    } catch (IOException e) {
      return; // the test is over
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aClientThatGoesIsNoticed(IoMethod method) throws IOException {
    String server =
        "lua_check_client_abort on; location / { content_by_lua_block {"
            + " ngx.on_abort(function() ngx.log(ngx.WARN, 'gone') ngx.exit(499) end)"
            + " ngx.print('begun') ngx.flush(true) ngx.sleep(30) } }";
    try (Served served = served(method, "", server)) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
        client
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(client.getInputStream().read()).isEqualTo('H');
      }
      assertThat(served.awaitLog("error.log", "gone")).contains("gone");
    }
  }
}
