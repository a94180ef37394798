package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy and an origin made of this transport alone, on real sockets. */
class ProxyLoopTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Workers workers = new Workers(1);
  private final ConcurrentHashMap<Integer, Http1Upstream> pools = new ConcurrentHashMap<>();
  private @Nullable Listener origin;
  private @Nullable Listener proxy;

  /** Answers with the request's body. */
  private static final class Echo implements ExchangeHandler {
    @Override
    public void handle(HttpExchange exchange) {
      Headers headers = new Headers();
      headers.add("Content-Type", "application/octet-stream");
      headers.add("X-Target", exchange.target());
      headers.add("X-Requests", Integer.toString(exchange.connectionRequests()));
      exchange.sendHead(200, "", headers);
      Chunk piece = exchange.requestBody().read(WAIT);
      while (piece != null) {
        exchange.write(piece);
        exchange.awaitWritable(WAIT, false);
        piece = exchange.requestBody().read(WAIT);
      }
      exchange.end();
    }

    @Override
    public void malformed(BadRequest why, HttpExchange exchange) {
      Headers headers = new Headers();
      headers.add("Content-Length", "0");
      exchange.sendHead(why.status() == 494 ? 400 : why.status(), "", headers);
      exchange.end();
    }
  }

  /** Hands a request on to the origin, streaming both ways one after the other. */
  private final class Forward implements ExchangeHandler {
    @Override
    public void handle(HttpExchange exchange) {
      WorkerLoop loop = (WorkerLoop) exchange.loop();
      Http1Upstream upstream = pools.computeIfAbsent(loop.index(), _ -> new Http1Upstream(loop));
      Upstream.Peer peer =
          new Upstream.Peer(origin().address(), null, "origin", 4, Duration.ofSeconds(60));
      Upstream.Connection connection = upstream.connect(peer, WAIT);
      boolean chunked = exchange.requestBody().length() < 0;
      connection.sendHead(exchange.method(), exchange.target(), "1.1", exchange.requestHeaders());
      Chunk piece = exchange.requestBody().read(WAIT);
      while (piece != null) {
        connection.writeBody(piece, chunked);
        connection.awaitWritable(WAIT);
        piece = exchange.requestBody().read(WAIT);
      }
      connection.endBody(chunked);
      Upstream.Response answer = connection.awaitResponse(WAIT, false);
      Headers headers = answer.headers();
      headers.remove("Transfer-Encoding");
      headers.remove("Connection");
      exchange.sendHead(answer.status(), answer.statusLine(), headers);
      piece = answer.body().read(WAIT);
      while (piece != null) {
        exchange.write(piece);
        exchange.awaitWritable(WAIT, false);
        piece = answer.body().read(WAIT);
      }
      answer.release();
      exchange.end();
    }

    @Override
    public void malformed(BadRequest why, HttpExchange exchange) {
      new Echo().malformed(why, exchange);
    }
  }

  private Listener origin() {
    return java.util.Objects.requireNonNull(origin);
  }

  private Listener proxy() {
    return java.util.Objects.requireNonNull(proxy);
  }

  @BeforeEach
  void start() {
    origin = Listener.bind(workers, ANY, ListenerOptions.PLAIN, new Echo());
    proxy = Listener.bind(workers, ANY, ListenerOptions.PLAIN, new Forward());
  }

  @AfterEach
  void stop() {
    proxy().close();
    origin().close();
    workers.close();
  }

  @Test
  void largeBodiesPassBothWaysUnchangedOverOneKeptConnection() throws Exception {
    byte[] body = new byte[3 << 20];
    new Random(1).nextBytes(body);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 1; i <= 3; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + proxy().address().getPort() + "/a"))
                .timeout(WAIT)
                .POST(
                    i == 2
                        ? HttpRequest.BodyPublishers.ofInputStream(
                            () -> new java.io.ByteArrayInputStream(body))
                        : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response =
            client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("X-Requests")).hasValue(Integer.toString(i));
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    String answers =
        talk(
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
                + "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answers.split("X-Target: ", -1))
        .extracting(part -> part.substring(0, 2))
        .containsExactly("HT", "/1", "/2", "/3");
  }

  @Test
  void aBodyWithBothFramingsIsRefusedAndTheConnectionCloses() throws Exception {
    String answer =
        talk(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 Bad Request").doesNotContain("smuggled");
  }

  @Test
  void everySplitOfARequestIsReadTheSame() throws Exception {
    String request =
        "POST /s?x=1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + "5;ext=1\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n";
    String whole = talk(request);
    assertThat(whole).contains("hello").contains("HTTP/1.1 200 OK");
    for (int i = 1; i < request.length(); i += 3) {
      try (Socket socket = new Socket("127.0.0.1", origin().address().getPort())) {
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        out.write(request.substring(0, i).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        Thread.sleep(1);
        out.write(request.substring(i).getBytes(StandardCharsets.ISO_8859_1));
        String answer = readAll(socket.getInputStream());
        assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("0\r\n\r\n");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(unchunk(body)).isEqualTo("hello!");
      }
    }
  }

  private static String unchunk(String body) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < body.length()) {
      int eol = body.indexOf("\r\n", at);
      int size = Integer.parseInt(body.substring(at, eol), 16);
      out.append(body, eol + 2, eol + 2 + size);
      at = eol + 4 + size;
    }
    return out.toString();
  }

  private String talk(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", origin().address().getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return readAll(socket.getInputStream());
    }
  }

  private static String readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    in.transferTo(out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
