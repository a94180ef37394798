package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients with good, bad and no certificates are answered, spoken to by a real openssl. */
final class ClientCertificatesTest {
  @TempDir static Path prefix;

  private static Served served;
  private static int wanting;
  private static int shared;

  @BeforeAll
  static void serve() throws IOException {
    Certificates certificates =
        Certificates.in(prefix).signed("edge.test").signed("other.test").signed("client.test");
    certificates.openssl(
        ("req -x509 -newkey rsa:2048 -nodes -days 2 -keyout self.key -out self.crt"
                + " -utf8 -subj /C=DE/O=Müller,\\+Söhne/CN=self")
            .split(" "));
    certificates.openssl("ecparam -name prime256v1 -genkey -noout -out elliptic.key".split(" "));
    certificates.openssl(
        "req -x509 -key elliptic.key -days 2 -subj /CN=elliptic -out elliptic.crt".split(" "));
    certificates.openssl(
        "rsa -in edge.test.key -aes256 -passout pass:secret -out kept.key".split(" "));
    certificates.openssl(
        "rsa -in edge.test.key -aes128 -traditional -passout pass:secret -out old.key".split(" "));
    Files.writeString(prefix.resolve("passwords"), "wrong\nsecret\n");
    Files.writeString(prefix.resolve("index"), "");
    Files.writeString(
        prefix.resolve("ca.cnf"),
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index\ndefault_md=sha256\ndefault_crl_days=2\n");
    certificates.openssl(
        "ca -config ca.cnf -cert ca.crt -keyfile ca.key -revoke other.test.crt".split(" "));
    certificates.openssl(
        "ca -config ca.cnf -cert ca.crt -keyfile ca.key -gencrl -out ca.crl".split(" "));
    certificates.openssl(
        ("req -x509 -newkey rsa:2048 -nodes -days 2 -keyout bound.key -out bound.crt"
                + " -subj /CN=bound -addext nameConstraints=critical,permitted;DNS:ok.test")
            .split(" "));
    boundTo(certificates, "inside", "subjectAltName=DNS:a.ok.test");
    boundTo(certificates, "outside", "subjectAltName=DNS:bad.test");
    boundTo(certificates, "odd", "subjectAltName=DNS:b.ok.test -addext 1.2.3.4=critical,ASN1:NULL");
    wanting = Served.freePort();
    shared = Served.freePort();
    String http =
        """
        ssl_certificate edge.test.crt; ssl_certificate_key edge.test.key;
        server { listen 127.0.0.1:%1$d ssl; server_name edge.test;
          ssl_verify_client on; ssl_client_certificate ca.crt; ssl_crl ca.crl;
          location / { return 200 "$ssl_client_verify $ssl_client_s_dn\\n"; } }
        server { listen 127.0.0.1:%1$d ssl; server_name lenient.test;
          ssl_password_file passwords;
          ssl_certificate edge.test.crt; ssl_certificate_key kept.key;
          ssl_certificate elliptic.crt; ssl_certificate_key elliptic.key;
          ssl_verify_client optional_no_ca;
          location / { return 200 "$ssl_client_verify|$ssl_client_s_dn|$ssl_client_s_dn_legacy|$ssl_cipher\\n"; } }
        server { listen 127.0.0.1:%2$d ssl; server_name edge.test;
          location / { return 200 "$server_name $ssl_client_verify $ssl_session_reused\\n"; } }
        server { listen 127.0.0.1:%2$d ssl; server_name ~^strict\\d;
          ssl_password_file passwords;
          ssl_certificate edge.test.crt; ssl_certificate_key old.key;
          ssl_verify_client on; ssl_client_certificate ca.crt;
          error_page 496 = /none; location = /none { return 200 "none $ssl_client_verify\\n"; }
          location / { return 200 "strict $ssl_client_verify\\n"; } }
        server { listen 127.0.0.1:%2$d ssl; server_name bound.test;
          ssl_verify_client on; ssl_client_certificate bound.crt;
          error_page 495 = /none; location = /none { return 200 "none $ssl_client_verify\\n"; }
          location / { return 200 "bound $ssl_client_verify\\n"; } }
        """
            .formatted(wanting, shared);
    served = Served.server(prefix, http, "location / { return 200 plain; }");
  }

  /** A certificate by an authority that may sign for names of ok.test alone. */
  private static void boundTo(Certificates certificates, String name, String extension) {
    certificates.openssl(
        ("req -x509 -CA bound.crt -CAkey bound.key -newkey rsa:2048 -nodes -days 2 -keyout NAME.key"
                + " -out NAME.crt -subj /CN=NAME -addext basicConstraints=critical,CA:FALSE -addext ")
            .replace("NAME", name)
            .concat(extension)
            .split(" "));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  /** One request over TLS; the answer with its head. */
  private static String ask(int port, String name, String host, String... more) {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of("-servername", name));
    command.addAll(List.of(more));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(prefix.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process
          .getOutputStream()
          .write(
              "GET / HTTP/1.0\r\nHost: %s\r\n\r\n"
                  .formatted(host)
                  .getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String shown(int port, String name, String certificate, String... more) {
    List<String> all =
        new ArrayList<>(List.of("-cert", certificate + ".crt", "-key", certificate + ".key"));
    all.addAll(List.of(more));
    return ask(port, name, name, all.toArray(String[]::new));
  }

  @Test
  void aTrustedCertificateIsServed() {
    assertThat(shown(wanting, "edge.test", "client.test"))
        .startsWith("HTTP/1.1 200 OK")
        .endsWith("SUCCESS CN=client.test\n");
  }

  @Test
  void noCertificateIsAnsweredByAPageThatSaysSo() {
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      assertThat(ask(wanting, "edge.test", "edge.test", version))
          .startsWith("HTTP/1.1 400 Bad Request")
          .contains("<center>No required SSL certificate was sent</center>");
    }
    assertThat(served.awaitLog("error.log", "no required SSL"))
        .contains("[info]")
        .contains(
            "client sent no required SSL certificate while reading client request headers,"
                + " client: 127.0.0.1, server: edge.test");
  }

  @Test
  void aCertificateThatIsNotTrustedIsAnsweredByAPageAndTheLogSaysWhy() {
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      assertThat(shown(wanting, "edge.test", "self", version))
          .startsWith("HTTP/1.1 400 Bad Request")
          .contains("<center>The SSL certificate error</center>");
    }
    assertThat(served.awaitLog("error.log", "certificate verify error: (3"))
        .contains("client SSL certificate verify error: (3:unable to get certificate CRL)");
  }

  @Test
  void aRevokedCertificateIsRefused() {
    assertThat(shown(wanting, "edge.test", "other.test")).startsWith("HTTP/1.1 400 Bad Request");
    assertThat(served.awaitLog("error.log", "(23:")).contains("(23:certificate revoked)");
  }

  @Test
  void aServerThatNeedsNoAuthorityTellsWhatIsWrong() {
    assertThat(shown(wanting, "lenient.test", "self"))
        .endsWith(
            "FAILED:self-signed certificate|CN=self,O=M\\C3\\BCller\\,\\+S\\C3\\B6hne,C=DE"
                + "|/C=DE/O=M\\xC3\\xBCller,+S\\xC3\\xB6hne/CN=self|TLS_AES_256_GCM_SHA384\n");
    assertThat(shown(wanting, "lenient.test", "client.test"))
        .contains("\r\n\r\nFAILED:unable to verify the first certificate|CN=client.test|");
  }

  @Test
  void whatAnAuthorityMayNotSignForIsNotTrusted() {
    assertThat(shown(shared, "bound.test", "inside")).endsWith("bound SUCCESS\n");
    assertThat(shown(shared, "bound.test", "outside"))
        .endsWith("none FAILED:permitted subtree violation\n");
    assertThat(shown(shared, "bound.test", "odd"))
        .endsWith("none FAILED:unhandled critical extension\n");
  }

  @Test
  void certificatesOfTwoKindsGoWithTheirSuites() {
    assertThat(ask(wanting, "lenient.test", "lenient.test", "-tls1_2", "-cipher", "aRSA"))
        .endsWith("|ECDHE-RSA-AES256-GCM-SHA384\n");
    assertThat(ask(wanting, "lenient.test", "lenient.test", "-tls1_2", "-cipher", "aECDSA"))
        .endsWith("|ECDHE-ECDSA-AES256-GCM-SHA384\n");
  }

  @Test
  void aServerThatWantsCertificatesIsNotReachedOverAnotherOnesHandshake() {
    assertThat(ask(shared, "edge.test", "strict1")).startsWith("HTTP/1.1 421 Misdirected Request");
    assertThat(ask(shared, "strict1", "edge.test")).endsWith("edge.test NONE .\n");
    assertThat(ask(shared, "unknown.test", "strict1"))
        .as("its handshake was nobody's: it shows no certificate")
        .endsWith("none NONE\n");
    assertThat(shown(shared, "strict1", "client.test")).endsWith("strict SUCCESS\n");
  }

  @Test
  void aSessionThatIsResumedIsToldApart() {
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      String kept = "kept" + version;
      assertThat(ask(shared, "edge.test", "edge.test", version, "-sess_out", kept))
          .endsWith(" .\n");
      assertThat(ask(shared, "edge.test", "edge.test", version, "-sess_in", kept)).endsWith(" r\n");
    }
  }

  @Test
  void plainHttpToATlsPortIsAnsweredByAPageThatSaysSo() throws IOException {
    String answer;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wanting)) {
      socket
          .getOutputStream()
          .write("GET /a HTTP/1.1\r\nHost: edge.test\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(answer)
        .startsWith("HTTP/1.1 400 Bad Request")
        .contains("Connection: close")
        .contains("<center>The plain HTTP request was sent to HTTPS port</center>");
  }
}
