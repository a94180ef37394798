package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/1.1 and HTTP/2 over TLS by the JDK's client, which trusts one authority alone. */
final class SecureClientsTest {
  private static final int STREAMS = 100;
  private static final byte[] LARGE =
      "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

  @TempDir static Path prefix;

  private static Served served;
  private static HttpClient client;
  private static URI base;

  @BeforeAll
  static void serve() throws IOException, GeneralSecurityException {
    Certificates.in(prefix).signed("localhost");
    int secure = Served.freePort();
    int plain = Served.freePort();
    String http =
        """
        client_max_body_size 4m; lua_shared_dict d 1m;
        server { listen 127.0.0.1:%2$d; client_body_buffer_size 4m;
          location / { content_by_lua_block { ngx.req.read_body()
            ngx.header.x_length = ngx.var.http_content_length or "none"
            ngx.print(ngx.req.get_body_data() or "nothing") } } }
        server { listen 127.0.0.1:%1$d ssl http2; server_name localhost;
          ssl_certificate localhost.crt; ssl_certificate_key localhost.key;
          location / { content_by_lua_block { ngx.print(ngx.var.server_protocol, " ", ngx.var.scheme,
            " ", ngx.var.https, " ", ngx.var.ssl_protocol, " ", ngx.var.request_uri) } }
          location /origin { proxy_pass http://127.0.0.1:%2$d; proxy_http_version 1.1; }
          location /as-it-comes { proxy_pass http://127.0.0.1:%2$d; proxy_http_version 1.1;
            proxy_request_buffering off; proxy_buffering off; }
          location /late { content_by_lua_block {
            ngx.shared.d:incr("here", 1, 0)
            while ngx.shared.d:get("here") < %3$d do ngx.sleep(0.01) end
            ngx.print(ngx.var.arg_n)
          } }
        }
        """
            .formatted(secure, plain, STREAMS);
    served = Served.server(prefix, http, "");
    base = URI.create("https://localhost:" + secure);
    client = client(HttpClient.Version.HTTP_2);
  }

  @AfterAll
  static void stop() {
    client.close();
    served.close();
  }

  private static HttpClient client(HttpClient.Version version)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(prefix.resolve("ca.crt"))) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).version(version).build();
  }

  private static HttpRequest.Builder to(String target) {
    return HttpRequest.newBuilder(base.resolve(target));
  }

  @Test
  void bothVersionsAreSpokenOverTls() throws Exception {
    HttpResponse<String> second = client.send(to("/a?b=c").build(), BodyHandlers.ofString());
    assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(second.body()).isEqualTo("HTTP/2.0 https on TLSv1.3 /a?b=c");
    try (HttpClient old = client(HttpClient.Version.HTTP_1_1)) {
      HttpResponse<String> first = old.send(to("/d").build(), BodyHandlers.ofString());
      assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(first.body()).isEqualTo("HTTP/1.1 https on TLSv1.3 /d");
    }
  }

  @Test
  void aMegabyteGoesToAnOriginAndBackOverHttp2() throws Exception {
    for (String target : List.of("/origin", "/as-it-comes")) {
      HttpResponse<byte[]> answer =
          client.send(
              to(target).POST(BodyPublishers.ofByteArray(LARGE)).build(),
              BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-length")).hasValue(String.valueOf(LARGE.length));
      assertThat(answer.body()).isEqualTo(LARGE);
    }
  }

  @Test
  void bodiesOfUnknownLengthGoToAnOriginOverHttp2() throws Exception {
    HttpResponse<String> answer =
        client.send(
            to("/origin")
                .POST(
                    BodyPublishers.concat(
                        BodyPublishers.ofInputStream(() ->
                            new java.io.ByteArrayInputStream(
                                "piece".getBytes(StandardCharsets.US_ASCII))),
                        BodyPublishers.ofString(" by piece")))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("piece by piece");
  }

  @Test
  void manyStreamsOfAConnectionAreAnsweredAtTheSameTime() {
    client.sendAsync(to("/").build(), BodyHandlers.ofString()).join();
    // none is answered before all of them are there
    List<CompletableFuture<String>> answers =
        IntStream.range(0, STREAMS)
            .mapToObj(n ->
                client
                    .sendAsync(to("/late?n=" + n).build(), BodyHandlers.ofString())
                    .thenApply(HttpResponse::body))
            .toList();
    assertThat(answers.stream().map(CompletableFuture::join).toList())
        .isEqualTo(IntStream.range(0, STREAMS).mapToObj(String::valueOf).toList());
  }

  @Test
  void headHasNoBodyAndKeepsTheConnectionInOrder() throws Exception {
    HttpResponse<String> head = client.send(to("/origin").HEAD().build(), BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(client.send(to("/e").build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}
