package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lua decides about TLS handshakes, before a real client of the JDK. */
final class TlsScriptTest {
  private static final String READ =
      "local function read(n) local f = assert(io.open('%s/' .. n)) local t = f:read('*a') f:close()"
          + " return t end local ssl = require 'ngx.ssl' ";

  @TempDir static Path prefix;

  private static TrustManagerFactory trust;

  @BeforeAll
  static void sign() throws IOException, GeneralSecurityException {
    Certificates.in(prefix).signed("one.test").signed("two.test");
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (FileInputStream file = new FileInputStream(prefix.resolve("ca.crt").toFile())) {
      authorities.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
  }

  /** A client that has no session to resume. */
  private static SSLContext fresh() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String secure(int port, String handlers) {
    return """
    lua_shared_dict notes 1m;
    server { listen 127.0.0.1:%d ssl; server_name one.test;
      ssl_certificate one.test.crt; ssl_certificate_key one.test.key;
      %s
      location / { content_by_lua_block {
        local ssl = require 'ngx.ssl'
        ngx.print(ssl.server_name(), ' ', ssl.get_tls1_version_str(), ' ', ssl.server_port(),
          ' ', tostring(ngx.ctx.seen), ' ', ngx.shared.notes:get('note') or '-') } }
    }
    """
        .formatted(port, handlers);
  }

  /** What a client of that name gets: the server's name in its certificate, then the answer. */
  private static String answer(int port, String name) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) fresh().getSocketFactory().createSocket("127.0.0.1", port)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.0\r\nHost: " + name + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return shown.getSubjectX500Principal().getName() + " " + Served.body(response);
    }
  }

  private static Served served(int port, String handlers) {
    return Served.server(prefix, secure(port, handlers), "return 200 plain;");
  }

  @Test
  void whatTheJvmsTlsCannotDoFailsWithItsReason() throws IOException {
    int port = Served.freePort();
    String handler =
        """
        ssl_certificate_by_lua_block {
          local _, stapled = require('ngx.ocsp').set_ocsp_status_resp('response')
          local _, session = require('ngx.ssl.session').get_session_id()
          ngx.shared.notes:set('note', stapled .. '; ' .. session) }
        """;
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "one.test"))
          .endsWith(
              "nil the JVM's TLS can't staple an OCSP response to a handshake;"
                  + " the JVM's TLS doesn't let Lua read or set sessions");
    }
  }

  @Test
  void ngxExitEndsAHandshakeByAnErrorOrAStatusFrom300On() throws IOException {
    int port = Served.freePort();
    String handler =
        "ssl_client_hello_by_lua_block { ngx.exit(200) ngx.shared.notes:set('note', 'never') }"
            + " ssl_certificate_by_lua_block {"
            + " ngx.exit(require('ngx.ssl').server_name() == 'two.test' and 403 or 1) }";
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "one.test")).endsWith(" nil -");
      assertThatThrownBy(() -> answer(port, "two.test")).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void aHandshakeHasNoVariablesAndNoNameBeforeItsExtensionsAreRead() throws IOException {
    int port = Served.freePort();
    String handler =
        """
        ssl_client_hello_by_lua_block {
          local hello = require 'ngx.ssl.clienthello'
          local suites, present = hello.get_client_hello_ciphers(), hello.get_client_hello_ext_present()
          local has = {} for _, n in ipairs(suites) do has[n] = true end
          local known = {} for _, n in ipairs(present) do known[n] = true end
          local _, err = pcall(function() return ngx.var.uri end)
          ngx.shared.notes:set('note', table.concat({tostring(require('ngx.ssl').server_name()),
            tostring(hello.get_client_hello_server_name()), tostring(has[0x1301]), tostring(known[0]),
            tostring(known[43]), tostring(has[0x0a0a]), err:match(': (.*)'), ngx.req.start_time()}, ' ')) }
        """;
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "one.test"))
          .endsWith(" nil one.test true true true nil API disabled in the current context 0");
    }
  }

  @Test
  void certificatesAndKeysAreReadFromDerAndFromClosedPem() throws IOException {
    int port = Served.freePort();
    String handler =
        "ssl_certificate_by_lua_block { "
            + READ.formatted(prefix)
            + """
            local der = assert(ssl.cert_pem_to_der(read('two.test.crt')))
            local key = assert(ssl.priv_key_pem_to_der(read('two.test.key'), 'not needed'))
            assert(ssl.clear_certs())
            assert(ssl.set_cert(assert(ssl.parse_der_cert(der))))
            assert(ssl.set_priv_key(assert(ssl.parse_der_priv_key(key))))
            ngx.shared.notes:set('note', table.concat({select(2, ssl.parse_der_cert('x')),
              select(2, ssl.parse_der_priv_key('x')), select(2, ssl.set_priv_key(nil)),
              select(2, ssl.set_cert(ngx.null))}, ', ')) }
            """;
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "two.test"))
          .startsWith("CN=two.test ")
          .endsWith(
              " d2i_X509_bio() failed, d2i_PrivateKey_bio() failed, invalid private key failed,"
                  + " invalid certificate chain");
    }
  }

  @Test
  void aCertificateIsChosenByTheClientsName() throws IOException {
    int port = Served.freePort();
    String handler =
        "ssl_certificate_by_lua_block { "
            + READ.formatted(prefix)
            + """
            local name = ssl.server_name()
            ngx.sleep(0.001)
            if name ~= 'two.test' then return end
            assert(ssl.clear_certs())
            assert(ssl.set_cert(assert(ssl.parse_pem_cert(read(name .. '.crt')))))
            assert(ssl.set_priv_key(assert(ssl.parse_pem_priv_key(read(name .. '.key')))))
            ngx.ctx.seen = ngx.get_phase() }
            """;
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "two.test"))
          .isEqualTo("CN=two.test two.test TLSv1.3 " + port + " ssl_cert -");
      assertThat(answer(port, "one.test"))
          .isEqualTo("CN=one.test one.test TLSv1.3 " + port + " nil -");
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws IOException {
    int port = Served.freePort();
    String handler =
        "ssl_certificate_by_lua_block { "
            + READ.formatted(prefix)
            + """
            local function key(n) return assert(ssl.parse_pem_priv_key(read(n .. '.test.key'))) end
            assert(ssl.clear_certs())
            assert(ssl.set_cert(assert(ssl.parse_pem_cert(read('two.test.crt')))))
            local ok, err = ssl.set_priv_key(key 'one')
            local der, worse = ssl.set_der_priv_key(ssl.priv_key_pem_to_der(read('one.test.key')))
            assert(ssl.set_priv_key(key 'two'))
            ngx.shared.notes:set('note', tostring(ok) .. ' ' .. err .. ', ' .. worse) }
            """;
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "two.test"))
          .startsWith("CN=two.test ")
          .endsWith(" nil SSL_use_PrivateKey() failed, SSL_use_PrivateKey() failed");
    }
  }

  @Test
  void aHandshakeThatFailsHasRunItsScriptOnce() throws IOException {
    int port = Served.freePort();
    String handler =
        """
        ssl_certificate_by_lua_block {
          local ssl = require 'ngx.ssl'
          if ssl.server_name() == 'two.test' then
            ngx.shared.notes:incr('note', 1, 0)
            ssl.clear_certs()
          end }
        """;
    try (Served _ = served(port, handler)) {
      assertThatThrownBy(() -> answer(port, "two.test")).isInstanceOf(IOException.class);
      assertThat(answer(port, "one.test")).endsWith(" 1");
    }
  }

  @Test
  void theNameIsAsTheClientWroteIt() throws IOException {
    int port = Served.freePort();
    String handler =
        "ssl_certificate_by_lua_block {"
            + " ngx.shared.notes:set('note', require('ngx.ssl').server_name()) }";
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "ONE.Test"))
          .startsWith("CN=one.test ONE.Test ")
          .endsWith(" ONE.Test");
    }
  }

  @Test
  void certificatesComeAsDerToo() throws IOException {
    int port = Served.freePort();
    String handler =
        "ssl_certificate_by_lua_block { "
            + READ.formatted(prefix)
            + """
            assert(ssl.clear_certs())
            assert(ssl.set_der_cert(ssl.cert_pem_to_der(read('two.test.crt'))))
            assert(ssl.set_der_priv_key(ssl.priv_key_pem_to_der(read('two.test.key'))))
            local _, bad = ssl.set_der_cert('x')
            local _, worse = ssl.set_der_priv_key('x')
            ngx.shared.notes:set('note', bad .. ' ' .. worse) }
            """;
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "two.test"))
          .startsWith("CN=two.test ")
          .endsWith(" d2i_X509_bio() failed d2i_PrivateKey_bio() failed");
    }
  }

  @Test
  void theHelloIsReadAndBoundsTheVersions() throws IOException {
    int port = Served.freePort();
    String handler =
        """
        ssl_client_hello_by_lua_block {
          local hello = require 'ngx.ssl.clienthello'
          local name = hello.get_client_hello_server_name()
          local extension = hello.get_client_hello_ext(0)
          assert(extension:sub(-#name) == name and hello.get_client_hello_ext(65000) == nil)
          local offered = table.concat(hello.get_supported_versions(), ',')
          assert(hello.set_protocols({'TLSv1.2'}))
          local _, wrong = hello.set_protocols({'TLSv9'})
          ngx.ctx.seen = ngx.get_phase()
          ngx.shared.notes:set('note', name .. ' ' .. offered .. ' ' .. wrong)
        }
        """;
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "one.test"))
          .isEqualTo(
              "CN=one.test one.test TLSv1.2 "
                  + port
                  + " ssl_client_hello one.test TLSv1.2,TLSv1.3 invalid protocols failed");
    }
  }

  @Test
  void aRefusedHandshakeEndsWithAnAlert() {
    int port = Served.freePort();
    try (Served served = served(port, "ssl_certificate_by_lua_block { ngx.exit(ngx.ERROR) }")) {
      assertThatThrownBy(() -> answer(port, "one.test"))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("internal_error");
      assertThat(served.get("/")).contains("plain");
    }
  }

  @Test
  void anErrorRefusesTheHandshakeAndIsLoggedWithItsPlace() {
    int port = Served.freePort();
    try (Served served = served(port, "ssl_certificate_by_lua_block { error('no store') }")) {
      assertThatThrownBy(() -> answer(port, "one.test")).isInstanceOf(SSLException.class);
      assertThat(served.awaitLog("error.log", "no store"))
          .contains(
              "context: ssl_certificate_by_lua*, client: 127.0.0.1, server: 127.0.0.1:" + port);
    }
  }

  @Test
  void clearedCertificatesLeaveNothingToShow() {
    int port = Served.freePort();
    String handler = "ssl_certificate_by_lua_block { require('ngx.ssl').clear_certs() }";
    try (Served _ = served(port, handler)) {
      assertThatThrownBy(() -> answer(port, "one.test"))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("handshake_failure");
    }
  }

  @Test
  void whatNeedsARequestSaysSo() throws IOException {
    int port = Served.freePort();
    String handler =
        """
        ssl_certificate_by_lua_block {
          local _, failure = pcall(function() return ngx.var.uri end)
          ngx.shared.notes:set('note', failure)
        }
        """;
    try (Served _ = served(port, handler)) {
      assertThat(answer(port, "one.test")).endsWith("API disabled in the current context");
    }
  }

  @Test
  void aReloadShowsTheCertificatesThatTheFilesHoldThen() throws IOException {
    int port = Served.freePort();
    Files.copy(prefix.resolve("one.test.crt"), prefix.resolve("live.crt"));
    Files.copy(prefix.resolve("one.test.key"), prefix.resolve("live.key"));
    String http =
        "server { listen 127.0.0.1:%d ssl; ssl_certificate live.crt; ssl_certificate_key live.key;"
                .formatted(port)
            + " location / { return 200 answer; } }";
    try (Served served = Served.server(prefix, http, "return 200 plain;")) {
      assertThat(answer(port, "one.test")).isEqualTo("CN=one.test answer");
      for (String part : List.of("crt", "key")) {
        Files.copy(
            prefix.resolve("two.test." + part),
            prefix.resolve("live." + part),
            StandardCopyOption.REPLACE_EXISTING);
      }
      served.gateway().reload(Served.conf(prefix, served.port(), http, "return 200 plain;"));
      assertThat(answer(port, "one.test")).isEqualTo("CN=two.test answer");
      Files.writeString(prefix.resolve("live.crt"), "broken");
      assertThatThrownBy(() ->
              served
                  .gateway()
                  .reload(Served.conf(prefix, served.port(), http, "return 200 plain;")))
          .hasMessageContaining("cannot load certificate");
      assertThat(answer(port, "one.test")).isEqualTo("CN=two.test answer");
    }
  }
}
