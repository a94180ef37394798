package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration says of the connections to origins. */
final class OriginSocketsTest {
  @TempDir Path prefix;

  @Test
  void theCiphersForAnOriginAreThoseThatItsDirectiveSelects() {
    Certificates.in(prefix).signed("edge.test");
    int secure = Served.freePort();
    String http =
        "proxy_ssl_protocols TLSv1.2; lua_ssl_protocols TLSv1.2; server { listen 127.0.0.1:"
            + secure
            + " ssl; ssl_certificate edge.test.crt; ssl_certificate_key edge.test.key;"
            + " location / { return 200 \"$ssl_cipher\n\"; } }";
    String server =
        """
        location /aes128 { proxy_ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256; proxy_pass https://127.0.0.1:%1$d; }
        location /aes256 { proxy_ssl_ciphers HIGH:!AES128:!CHACHA20; proxy_pass https://127.0.0.1:%1$d; }
        location /none { proxy_ssl_ciphers NOBODY; proxy_pass https://127.0.0.1:%1$d; }
        location /lua { lua_ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256; content_by_lua_block {
          local sock = ngx.socket.tcp()
          sock:connect("127.0.0.1", %1$d)
          assert(sock:sslhandshake())
          sock:send("GET / HTTP/1.0\\r\\n\\r\\n")
          ngx.print((sock:receive("*a"):match("\\r\\n\\r\\n(.*)\\n")))
        } }
        """
            .formatted(secure);
    try (Served served = Served.server(prefix, http, server)) {
      assertThat(served.get("/aes128")).contains("ECDHE-RSA-AES128-GCM-SHA256");
      assertThat(served.get("/aes256")).contains("ECDHE-RSA-AES256-GCM-SHA384");
      assertThat(served.get("/lua")).contains("ECDHE-RSA-AES128-GCM-SHA256");
      assertThat(served.get("/none")).startsWith("HTTP/1.1 502 ");
      assertThat(served.awaitLog("error.log", "no cipher match")).contains("no cipher match");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSilentOriginIsAskedWhereThatIsSaid() throws IOException {
    int origin = Served.freePort();
    String http =
        "upstream kept { server 127.0.0.1:%1$d; keepalive 1; } server { listen 127.0.0.1:%1$d; }"
            .formatted(origin);
    String location =
        "location / { proxy_http_version 1.1; proxy_set_header Connection \"\"; SAYS"
            + " proxy_pass http://kept; }";
    try (Served served =
        Served.server(prefix, http, location.replace("SAYS", "proxy_socket_keepalive on;"))) {
      served.get("/");
      assertThat(timer(origin)).startsWith("02:");
    }
    try (Served served = Served.server(prefix, http, location.replace("SAYS", ""))) {
      served.get("/");
      assertThat(timer(origin)).doesNotStartWith("02:");
    }
  }

  /** The kind of timer of the open connection to a port, as the system tells it. */
  private static String timer(int port) throws IOException {
    try (Stream<String> lines =
        Stream.concat(
            Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
            Files.readAllLines(Path.of("/proc/net/tcp6")).stream())) {
      return lines
          .map(line -> line.strip().split(" +"))
          .filter(words -> words[2].endsWith(":%04X".formatted(port)) && words[3].equals("01"))
          .findFirst()
          .orElseThrow()[5];
    }
  }
}
