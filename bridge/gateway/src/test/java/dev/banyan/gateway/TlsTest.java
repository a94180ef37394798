package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to clients, to origins and of cosockets, with certificates of a real openssl. */
final class TlsTest {
  @TempDir static Path prefix;

  private static Served served;

  @BeforeAll
  static void serve() {
    Certificates certificates = Certificates.in(prefix).signed("edge.test").signed("client.test");
    certificates.openssl("rsa", "-in", "edge.test.key", "-traditional", "-out", "old.key");
    certificates.openssl(
        "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "elliptic.key");
    certificates.openssl(
        "rsa -in client.test.key -aes256 -passout pass:secret -out kept.key".split(" "));
    write("passwords", "wrong\nsecret\n");
    write("index", "");
    write(
        "ca.cnf",
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index\ndefault_md=sha256\ndefault_crl_days=2\n");
    certificates.openssl(
        "ca -config ca.cnf -cert ca.crt -keyfile ca.key -gencrl -out ca.crl".split(" "));
    int secure = Served.freePort();
    int old = Served.freePort();
    int plain = Served.freePort();
    String http =
        """
        server { listen 127.0.0.1:%1$d ssl http2; server_name edge.test;
          ssl_certificate edge.test.crt; ssl_certificate_key old.key;
          ssl_client_certificate ca.crt; ssl_verify_client optional;
          location / { return 200 "$ssl_protocol $ssl_client_verify $server_protocol $http_host\\n"; }
          location /named { return 200 "$ssl_server_name\n"; }
          location /anew { return 200 "$ssl_session_reused\n"; }
          location /lines { proxy_set_header X-Lines $ssl_client_cert; proxy_pass http://127.0.0.1:%3$d; }
          location /certificate { default_type text/plain; return 200 "$https|$ssl_client_s_dn|$ssl_client_i_dn|$ssl_client_v_remain|$ssl_client_serial|$ssl_client_fingerprint|$ssl_client_v_end|$ssl_client_escaped_cert\\n"; } }
        server { listen 127.0.0.1:%3$d; return 200 $http_x_lines; }
        upstream edge_named { server 127.0.0.1:%1$d; }
        server { listen 127.0.0.1:%2$d; ssl on;
          ssl_certificate edge.test.crt; ssl_certificate_key edge.test.key;
          location / { return 200 "$scheme $https $ssl_session_reused"; } }
        """
            .formatted(secure, old, plain);
    String server =
        "location /old { proxy_pass https://127.0.0.1:%d; }".formatted(old)
            + """
              location /verified { proxy_pass https://127.0.0.1:%1$d; proxy_ssl_verify on;
                proxy_ssl_trusted_certificate ca.crt; proxy_ssl_name edge.test; proxy_ssl_server_name on; }
              location /named { proxy_pass https://edge_named; proxy_ssl_server_name on; }
              location /guarded { proxy_pass https://127.0.0.1:%1$d; proxy_ssl_verify on;
                proxy_ssl_trusted_certificate ca.crt; proxy_ssl_name edge.test; proxy_ssl_crl ca.crl;
                proxy_ssl_certificate client.test.crt; proxy_ssl_certificate_key kept.key;
                proxy_ssl_password_file passwords; }
              location /anew { proxy_pass https://127.0.0.1:%1$d; proxy_ssl_session_reuse off; }
              location /lines { proxy_pass https://127.0.0.1:%1$d;
                proxy_ssl_certificate client.test.crt; proxy_ssl_certificate_key client.test.key; }
              location /misnamed { proxy_pass https://127.0.0.1:%1$d; proxy_ssl_verify on;
                proxy_ssl_trusted_certificate ca.crt; proxy_ssl_name other.test; }
              location /shown { proxy_pass https://127.0.0.1:%1$d;
                proxy_ssl_certificate client.test.crt; proxy_ssl_certificate_key client.test.key; }
            location /certificate { proxy_pass https://127.0.0.1:%1$d;
                proxy_ssl_certificate client.test.crt; proxy_ssl_certificate_key client.test.key; }
                location /cosocket { lua_ssl_trusted_certificate ca.crt; content_by_lua_block {
                local function read(name) local f = io.open("%2$s/" .. name) local t = f:read("*a") f:close() return t end
                local ssl = require "ngx.ssl"
                local function talk(name, verify, chain, key)
                  local sock = ngx.socket.tcp()
                  if chain then ngx.say(sock:setclientcert(chain, key)) end
                  sock:connect("127.0.0.1", %1$d)
                  local session, failure = sock:sslhandshake(nil, name, verify)
                  if not session then return ngx.say(name, ": ", failure) end
                  sock:send("GET / HTTP/1.0\\r\\nHost: " .. name .. "\\r\\n\\r\\n")
                  ngx.say((sock:receive("*a"):match("\\r\\n\\r\\n(.*)\\n")))
                end
                talk("edge.test", true)
                talk("other.test", true)
                talk("other.test", false)
                local chain = ssl.parse_pem_cert(read("client.test.crt"))
                local key = ssl.parse_pem_priv_key(read("client.test.key"))
                ngx.say(type(chain), " ", type(key))
                talk("edge.test", true, chain, key)
              } }
              location /distrustful { content_by_lua_block {
                local sock = ngx.socket.tcp()
                sock:connect("127.0.0.1", %1$d)
                ngx.say(select(2, sock:sslhandshake(nil, "edge.test", true)))
              } }
              location /misuse { content_by_lua_block {
                local function read(name) local f = io.open("%2$s/" .. name) local t = f:read("*a") f:close() return t end
                local ssl = require "ngx.ssl"
                local sock = ngx.socket.tcp()
                ngx.say(sock:setclientcert())
                ngx.say(sock:setclientcert("a"))
                ngx.say(sock:setclientcert("a", "b"))
                ngx.say(ssl.parse_pem_cert("nothing"))
                ngx.say(ssl.parse_pem_priv_key("nothing"))
                ngx.say(#ssl.cert_pem_to_der(read("ca.crt")) > 300, type(ssl.parse_pem_priv_key(read("elliptic.key"))))
              } }
            """
                .formatted(secure, prefix);
    served = Served.server(prefix, http, server);
  }

  private static void write(String name, String text) {
    try {
      Files.writeString(prefix.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void sslOnSecuresEveryAddressOfItsServer() {
    assertThat(served.get("/old")).contains("\r\n\r\nhttps on ");
  }

  @Test
  void anOriginIsVerifiedByItsAuthorityAndName() {
    assertThat(served.get("/verified")).contains("TLSv1.3 NONE HTTP/1.0");
    assertThat(served.get("/misnamed")).startsWith("HTTP/1.1 502 ");
    assertThat(served.awaitLog("error.log", "does not match"))
        .contains("upstream SSL certificate does not match \"other.test\" while SSL handshaking");
  }

  @Test
  void anOriginIsAskedForByANameWithAnUnderscore() {
    assertThat(served.get("/named")).endsWith("edge_named\n");
  }

  @Test
  void listsOfRevokedCertificatesAndKeysUnderPasswordsCountTowardsAnOrigin() {
    assertThat(served.get("/guarded")).contains("TLSv1.3 SUCCESS");
  }

  @Test
  void sessionsWithAnOriginAreResumedUnlessToldNotTo() {
    served.get("/old");
    assertThat(served.get("/old")).endsWith("https on r");
    served.get("/anew");
    assertThat(served.get("/anew")).endsWith("\r\n\r\n.\n");
  }

  @Test
  void aCertificateInLinesGoesToAnOriginInOne() {
    assertThat(Served.body(served.get("/lines")))
        .startsWith("-----BEGIN CERTIFICATE----- MII")
        .doesNotContain("\t");
  }

  @Test
  void anOriginIsShownTheConfiguredCertificate() {
    assertThat(served.get("/shown")).contains("TLSv1.3 SUCCESS");
  }

  @Test
  void theCertificateOfAClientIsToldInVariables() {
    assertThat(Served.body(served.get("/certificate")))
        .startsWith("on|CN=client.test|CN=authority|1|")
        .matches("(?s).*\\|[0-9A-F]+\\|[0-9a-f]{40}\\|\\w{3} [ \\d]\\d [\\d:]{8} \\d{4} GMT\\|.*")
        .contains("|-----BEGIN%20CERTIFICATE-----%0A");
  }

  @Test
  void aCosocketVerifiesAndShowsItsCertificate() {
    assertThat(Served.body(served.get("/cosocket")))
        .contains("TLSv1.3 NONE HTTP/1.0 edge.test\n")
        .contains("other.test: certificate host mismatch\n")
        .contains("TLSv1.3 NONE HTTP/1.0 other.test\n")
        .contains("cdata cdata\n")
        .contains("true\n")
        .contains("TLSv1.3 SUCCESS HTTP/1.0 edge.test\n");
  }

  @Test
  void aCosocketRefusesAnAuthorityThatNobodyNamed() {
    assertThat(Served.body(served.get("/distrustful")))
        .contains("20: unable to get local issuer certificate");
    assertThat(served.awaitLog("error.log", "lua ssl certificate verify error"))
        .contains("(20: unable to get local issuer certificate)");
  }

  @Test
  void misuseIsToldInTheWordsOfTheApi() {
    assertThat(Served.body(served.get("/misuse")))
        .contains("true\n")
        .contains("nilclient certificate must be supplied with corresponding private key\n")
        .contains("nilbad cert arg: cdata expected, got string\n")
        .contains("nilPEM_read_bio_X509_AUX() failed\n")
        .contains("nilPEM_read_bio_PrivateKey() failed\n")
        .contains("truecdata\n");
  }
}
