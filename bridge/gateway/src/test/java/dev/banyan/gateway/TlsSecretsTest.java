package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ngx.ssl} tells of a session's secrets, beside what its client knows. */
final class TlsSecretsTest {
  private static String server(int port) {
    return """
    lua_shared_dict notes 1m;
    server { listen 127.0.0.1:%d ssl; server_name one.test;
      ssl_certificate one.test.crt; ssl_certificate_key one.test.key;
    ssl_client_hello_by_lua_block {
      ngx.shared.notes:set('random', (require 'ngx.ssl'.get_client_random()))
      ngx.shared.notes:set('early', tostring(require 'ngx.ssl'.export_keying_material(8, 'x')))
    }
    location / { content_by_lua_block {
      local ssl = require 'ngx.ssl'
      local function hex(s) return s and (s:gsub('.', function(c) return ('%%02x'):format(c:byte()) end)) end
      local random = ssl.get_client_random()
      ngx.print(hex(ssl.export_keying_material(20, 'EXPERIMENTAL-banyan', 'ctx')), ' ',
        hex(ssl.export_keying_material(8, 'EXPERIMENTAL-banyan')), ' ',
        #random, ' ', random == ngx.shared.notes:get('random'), ' ',
        ssl.get_client_random(4) == random:sub(1, 4), ' ', ssl.get_client_random(0), ' ',
        #ssl.get_client_random(99), ' ', ngx.shared.notes:get('early'), ' ',
        tostring(ssl.export_keying_material_early(8, 'x')), ' ', ssl.get_req_ssl_pointer()) } }
    }
    """
        .formatted(port);
  }

  @TempDir Path prefix;

  private SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (FileInputStream file = new FileInputStream(prefix.resolve("ca.crt").toFile())) {
      authorities.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothEndsExportTheSameAndTheClientsRandomIsTold(String protocol)
      throws IOException, GeneralSecurityException {
    int port = Served.freePort();
    Certificates.in(prefix).signed("one.test");
    try (Served _ = Served.server(prefix, server(port), "return 200 plain;");
        SSLSocket socket =
            (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: one.test\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
      HexFormat hex = HexFormat.of();
      byte[] context = "ctx".getBytes(StandardCharsets.US_ASCII);
      assertThat(answer)
          .contains(
              hex.formatHex(session.exportKeyingMaterialData("EXPERIMENTAL-banyan", context, 20))
                  + " "
                  + hex.formatHex(session.exportKeyingMaterialData("EXPERIMENTAL-banyan", null, 8))
                  + " 32 true true 32 32 nil nil nilno ssl object");
    }
  }

  @Test
  void aPlainConnectionHasNone() {
    String server =
        """
        location / { content_by_lua_block {
          local ssl = require 'ngx.ssl'
          ngx.print(select(2, ssl.get_client_random()), '|', select(2, ssl.export_keying_material(8, 'x')))
        } }
        """;
    try (Served served = Served.server(prefix, "", server)) {
      assertThat(served.get("/")).contains("bad request|bad request");
    }
  }
}
