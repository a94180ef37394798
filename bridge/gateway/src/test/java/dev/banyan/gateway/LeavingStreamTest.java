package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a stream of HTTP/2 early, on either side; frames are written by hand. */
final class LeavingStreamTest {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final int LAST = 1;
  private static final int WHOLE_HEAD = 4;

  /** What a client lets come on a stream of its own accord. */
  private static final int WINDOW = 65_535;

  private static final int LARGE = 100_000;

  private static final String LOCATIONS =
      """
      access_log logs/access.log m;
      location = /listens { lua_check_client_abort on; content_by_lua_block {
        ngx.on_abort(function() ngx.log(ngx.WARN, 'told') ngx.exit(499) end)
        ngx.log(ngx.WARN, 'begun') ngx.sleep(30) } }
      location = /proxied { proxy_pass http://127.0.0.1:PORT/listens; }
      location = /body { content_by_lua_block { ngx.req.read_body() ngx.say('read') } }
      send_timeout 1s;
      location = /large { content_by_lua_block { ngx.print(('x'):rep(%d)) } }
      location = /444 { return 444; }
      location = /cut { content_by_lua_block {
        ngx.print('part') ngx.flush(true) ngx.exit(ngx.ERROR) } }
      location = /unsupported { content_by_lua_block {
        ngx.say(select(2, pcall(ngx.req.raw_header)), ', ', select(2, pcall(ngx.req.socket)), ', ',
          select(2, pcall(ngx.req.socket, true))) } }
      """
          .formatted(LARGE);

  @TempDir Path prefix;

  private int port;

  private Served served() {
    port = Served.freePort();
    return Served.server(
        prefix,
        "log_format m '$uri $status $body_bytes_sent';",
        "listen 127.0.0.1:" + port + " http2;\n" + LOCATIONS);
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, (byte) payload.length, (byte) type, (byte) flags});
    out.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** Sends the head of a request on stream 1. */
  private Socket asks(String method, String path) throws IOException {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(method.equals("GET") ? 0x82 : 0x83);
    fields.writeBytes(new byte[] {(byte) 0x86, 1, 1, 'a', 4, (byte) path.length()});
    fields.writeBytes(path.getBytes(StandardCharsets.US_ASCII));
    int flags = method.equals("GET") ? WHOLE_HEAD | LAST : WHOLE_HEAD;
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.setSoTimeout(20_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
    out.writeBytes(frame(HEADERS, flags, 1, fields.toByteArray()));
    client.getOutputStream().write(out.toByteArray());
    return client;
  }

  /** The payload of the next frame of a type. */
  private static byte[] next(Socket client, int type) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    while (true) {
      int lengthAndType = in.readInt();
      in.readNBytes(5);
      byte[] payload = in.readNBytes(lengthAndType >>> 8);
      if ((lengthAndType & 0xff) == type && payload.length > 0) {
        return payload;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/listens", "/proxied"})
  void endsWithAConnectionThatItsClientCloses(String path) throws IOException {
    try (Served served = served();
        Socket client = asks("GET", path)) {
      served.awaitLog("error.log", "begun");
      client.shutdownOutput();
      assertThat(served.awaitLog("error.log", "told")).contains("told");
    }
  }

  @Test
  void oneThatIsResetWithinItsBodyIsNoBadRequest() throws IOException {
    try (Served served = served();
        Socket client = asks("POST", "/body")) {
      client.getOutputStream().write(frame(DATA, 0, 1, new byte[] {'a'}));
      client.getOutputStream().write(frame(RESET, 0, 1, new byte[] {0, 0, 0, 8}));
      assertThat(served.awaitLog("access.log", "/body")).contains("/body 499 0");
    }
  }

  @ParameterizedTest
  @CsvSource({"/444,1", "/cut,2"})
  void isResetWithTheReasonThatNginxGives(String path, int reason) throws IOException {
    try (Served _ = served();
        Socket client = asks("GET", path)) {
      assertThat(next(client, RESET)).containsExactly(0, 0, 0, reason);
    }
  }

  @Test
  void isResetWhenItsClientTakesNothingForTheSendTimeout() throws IOException {
    try (Served _ = served();
        Socket client = asks("GET", "/large")) {
      assertThat(next(client, RESET)).containsExactly(0, 0, 0, 2);
    }
  }

  @Test
  void goesOnForAClientThatTakesLittleAtATime() throws Exception {
    try (Served _ = served();
        Socket client = asks("GET", "/large")) {
      int received = 0;
      while (received < WINDOW) {
        received += next(client, DATA).length;
      }
      for (int i = 0; i < 5; i++) {
        Thread.sleep(400);
        grant(client, 100);
        received += next(client, DATA).length;
      }
      grant(client, LARGE);
      while (received < LARGE) {
        received += next(client, DATA).length;
      }
      assertThat(received).isEqualTo(LARGE);
    }
  }

  private static void grant(Socket client, int octets) throws IOException {
    byte[] increment = ByteBuffer.allocate(Integer.BYTES).putInt(octets).array();
    client.getOutputStream().write(frame(WINDOW_UPDATE, 0, 0, increment));
    client.getOutputStream().write(frame(WINDOW_UPDATE, 0, 1, increment));
  }

  @Test
  void hasNoRawHeadAndNoSocket() throws IOException {
    try (Served _ = served();
        Socket client = asks("GET", "/unsupported")) {
      assertThat(new String(next(client, DATA), StandardCharsets.US_ASCII))
          .isEqualTo(
              "http2 requests not supported yet, http v2 not supported yet,"
                  + " http v2 not supported yet\n");
    }
  }
}
