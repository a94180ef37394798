package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connection of HTTP/2 that the server ends, here after {@code keepalive_requests}, loses nothing
 * that its client has yet to read, whatever the client still sends.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2ClosingTest {
  private static final int LARGE = 300_000;
  private static final int DATA = 0;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int WINDOW = 1 << 24;

  private final Workers workers = new Workers(1);
  private Listener plain;
  private Listener tls;

  @SuppressWarnings("NullAway.Init") // the listeners are bound before all tests
  Http2ClosingTest() {}

  /** Answers a large body at once. */
  private static final class Large implements ExchangeHandler {
    @Override
    public void handle(HttpExchange exchange) {
      exchange.sendHead(200, "", new Headers());
      exchange.write(Chunk.of(new byte[LARGE]));
      exchange.end();
    }

    @Override
    public void malformed(BadRequest why, HttpExchange exchange) {
      throw new AssertionError(why.reason());
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    TlsServer server =
        TlsServer.of(List.of(TestCertificate.of(folder, "first.test").served()), _ -> 0);
    plain = listener(null);
    tls = listener(server);
  }

  private Listener listener(@org.jspecify.annotations.Nullable TlsServer server) {
    ListenerLimits usual = ListenerLimits.DEFAULT;
    ListenerLimits limits =
        new ListenerLimits(
            usual.headerBufferBytes(),
            usual.largeHeaderBuffers(),
            usual.largeHeaderBytes(),
            usual.headerLines(),
            usual.headerTimeout(),
            usual.sendTimeout(),
            usual.keepAliveTimeout(),
            1,
            usual.closing(),
            usual.maxConnections(),
            usual.streams());
    return Listener.bind(
        workers,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new ListenerOptions(limits, server, true, false, 128),
        new Large());
  }

  @AfterAll
  void stop() {
    plain.close();
    tls.close();
    workers.close();
  }

  /** A socket whose system keeps little that was not read yet. */
  private static Socket connected(Listener listener) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.setReceiveBufferSize(4096);
    socket.connect(listener.address());
    return socket;
  }

  private static byte[] request() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer window = ByteBuffer.allocate(6).putShort((short) 4).putInt(WINDOW);
    RawHttp2Client.frame(out, SETTINGS, 0, 0, window.array());
    byte[] grant = ByteBuffer.allocate(Integer.BYTES).putInt(WINDOW).array();
    RawHttp2Client.frame(out, WINDOW_UPDATE, 0, 0, grant);
    RawHttp2Client.headers(
        out,
        List.of(
            new RawHttp2Client.Field(":method", "GET"),
            new RawHttp2Client.Field(":scheme", "http"),
            new RawHttp2Client.Field(":path", "/"),
            new RawHttp2Client.Field(":authority", "a")),
        true);
    return out.toByteArray();
  }

  /** Reads frame by frame, sends a ping behind each, and tells what came until the end. */
  private static String pinging(Socket socket) throws IOException {
    socket.getOutputStream().write(request());
    ByteArrayOutputStream ping = new ByteArrayOutputStream();
    RawHttp2Client.frame(ping, PING, 0, 0, new byte[8]);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int body = 0;
    String goodbye = "";
    while (true) {
      int first = in.read();
      if (first < 0) {
        return body + goodbye;
      }
      int length = first << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      in.readNBytes(5);
      byte[] payload = in.readNBytes(length);
      if (type == DATA) {
        body += length;
      } else if (type == GO_AWAY) {
        goodbye += ", goodbye after stream " + ByteBuffer.wrap(payload).getInt();
      }
      socket.getOutputStream().write(ping.toByteArray());
    }
  }

  @Test
  void theLastAnswerIsWholeForOneWhoReadsSlowlyAndSendsOn() throws IOException {
    try (Socket client = connected(plain)) {
      assertThat(pinging(client)).isEqualTo(LARGE + ", goodbye after stream 1");
    }
  }

  @Test
  void overTlsItIsWholeAndTheEndIsAuthentic() throws Exception {
    try (Socket below = connected(tls);
        SSLSocket client =
            (SSLSocket)
                TestCertificate.trusting()
                    .getSocketFactory()
                    .createSocket(below, "first.test", tls.address().getPort(), true)) {
      SSLParameters parameters = client.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      client.setSSLParameters(parameters);
      assertThat(pinging(client)).isEqualTo(LARGE + ", goodbye after stream 1");
    }
  }
}
