package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** TLS, its choice of certificates, and HTTP/2 with and without it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureListenerTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Workers workers = new Workers(2);
  private final ExchangeHandler echo =
      new ExchangeHandler() {
        @Override
        public void handle(HttpExchange exchange) {
          Headers headers = new Headers();
          TlsFacts tls = exchange.tls();
          headers.add("X-Line", exchange.requestLine());
          headers.add("X-Host", String.valueOf(exchange.requestHeaders().first("Host")));
          headers.add("X-Plain", String.valueOf(exchange.facts().plainToTls()));
          headers.add("X-Tls", tls == null ? "none" : tls.protocol() + " " + tls.sni());
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
          exchange.sendHead(why.status(), "", new Headers());
          exchange.end();
        }
      };
  private Listener tls;
  private Listener plain;

  @SuppressWarnings("NullAway.Init") // the listeners are bound before all tests
  SecureListenerTest() {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    TlsServer server =
        TlsServer.of(
            List.of(
                TestCertificate.of(folder, "first.test").served(),
                TestCertificate.of(folder, "second.test").served()),
            name -> name != null && name.endsWith(".second.test") ? 1 : 0);
    tls =
        Listener.bind(
            workers,
            ANY,
            new ListenerOptions(ListenerLimits.DEFAULT, server, true, false, 128),
            echo);
    plain =
        Listener.bind(
            workers,
            ANY,
            new ListenerOptions(ListenerLimits.DEFAULT, null, true, false, 128),
            echo);
  }

  @AfterAll
  void stop() {
    tls.close();
    plain.close();
    workers.close();
  }

  private HttpClient client(HttpClient.Version version) throws Exception {
    SSLParameters parameters = TestCertificate.trusting().getDefaultSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"}); // else the client asks for no h2
    parameters.setEndpointIdentificationAlgorithm("");
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(TestCertificate.trusting())
        .sslParameters(parameters)
        .build();
  }

  private HttpRequest post(byte[] body) {
    return HttpRequest.newBuilder(
            URI.create("https://localhost:" + tls.address().getPort() + "/p?q=1"))
        .timeout(WAIT)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  @Test
  void http2IsChosenByAlpnAndBodiesPassBothWays() throws Exception {
    byte[] body = new byte[2 << 20];
    new Random(3).nextBytes(body);
    try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
      HttpResponse<byte[]> answer =
          client.send(post(body), HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.body()).isEqualTo(body);
      assertThat(answer.headers().firstValue("x-line")).hasValue("POST /p?q=1 HTTP/2.0");
      assertThat(answer.headers().firstValue("x-host"))
          .hasValue("localhost:" + tls.address().getPort());
      assertThat(answer.headers().firstValue("x-tls")).hasValue("TLSv1.3 localhost");
    }
  }

  @Test
  void manyStreamsShareAConnection() throws Exception {
    try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
      client.send(post(new byte[1]), HttpResponse.BodyHandlers.discarding()); // opens it
      List<CompletableFuture<HttpResponse<byte[]>>> answers =
          IntStream.range(0, 60)
              .mapToObj(i ->
                  client.sendAsync(
                      post(new byte[i * 1000]), HttpResponse.BodyHandlers.ofByteArray()))
              .toList();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get().body()).hasSize(i * 1000);
      }
    }
  }

  @Test
  void http1OverTlsWorksForThoseWhoAskForIt() throws Exception {
    try (HttpClient client = client(HttpClient.Version.HTTP_1_1)) {
      HttpResponse<byte[]> answer =
          client.send(post(new byte[100_000]), HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(answer.body()).hasSize(100_000);
    }
  }

  private String certificateFor(String name) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            TestCertificate.trusting()
                .getSocketFactory()
                .createSocket(tls.address().getAddress(), tls.address().getPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  @Test
  void theCertificateIsChosenByName() throws Exception {
    assertThat(certificateFor("first.test")).isEqualTo("CN=first.test");
    assertThat(certificateFor("a.second.test")).isEqualTo("CN=second.test");
    assertThat(certificateFor("other.test")).isEqualTo("CN=first.test");
  }

  @Test
  void plainHttp2StartsByPriorKnowledgeAndHttp1StillWorks() throws Exception {
    assertThat(
            RawClient.talk(
                plain.address(), "GET /one HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK")
        .contains("X-Line: GET /one HTTP/1.1");
    try (RawClient client = new RawClient(plain.address())) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0");
      byte[] frame = client.socket().getInputStream().readNBytes(9);
      assertThat(frame[3]).as("a SETTINGS frame").isEqualTo((byte) 4);
    }
  }

  @Test
  void aPlainRequestToATlsPortIsKnownForOne() throws Exception {
    assertThat(
            RawClient.talk(tls.address(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .contains("X-Tls: none")
        .contains("X-Plain: true");
  }

  @Test
  void anUpstreamOverTlsIsReachedAndVerifiedByItsCertificate() throws Exception {
    WorkerLoop loop = workers.loops().getFirst();
    Http1Upstream upstream = new Http1Upstream(loop);
    RawSocket.TlsClient unverified = RawSocket.TlsClient.of("first.test", false);
    RawSocket.TlsClient verified = RawSocket.TlsClient.of("first.test", true);
    OnLoop.run(
        loop,
        () -> {
          Upstream.Connection connection =
              upstream.connect(
                  new Upstream.Peer(tls.address(), unverified, null, 0, Duration.ZERO), WAIT);
          Headers headers = new Headers();
          headers.add("Host", "first.test");
          connection.sendHead("GET", "/up", "1.1", headers);
          connection.endBody(false);
          Upstream.Response answer = connection.awaitResponse(WAIT, false);
          assertThat(answer.headers().first("X-Tls")).isEqualTo("TLSv1.3 first.test");
          assertThat(answer.body().read(WAIT)).isNull();
          answer.release();
          assertThatThrownBy(() ->
                  upstream.connect(
                      new Upstream.Peer(tls.address(), verified, null, 0, Duration.ZERO), WAIT))
              .isInstanceOfSatisfying(
                  TransportException.class,
                  e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.TLS));
        });
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused(@TempDir Path folder) throws Exception {
    TestCertificate one = TestCertificate.of(folder, "one.test");
    TestCertificate two = TestCertificate.of(folder, "two.test");
    TlsServer.Certificate mixed = new TlsServer.Certificate(one.chain(), two.key(), null);
    assertThatThrownBy(() ->
            Listener.bind(
                workers,
                ANY,
                new ListenerOptions(
                    ListenerLimits.DEFAULT,
                    TlsServer.of(List.of(mixed), _ -> 0),
                    false,
                    false,
                    128),
                echo))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("key values mismatch");
  }

  @Test
  void aBrokenKeyIsToldWithItsFiles(@TempDir Path folder) throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.key"), "not a key");
    assertThatThrownBy(() ->
            Listener.bind(
                workers,
                ANY,
                new ListenerOptions(
                    ListenerLimits.DEFAULT,
                    TlsServer.of(List.of(new TlsServer.Certificate(broken, broken, null)), _ -> 0),
                    false,
                    false,
                    128),
                echo))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining(Objects.requireNonNull(broken.getFileName()).toString());
  }
}
