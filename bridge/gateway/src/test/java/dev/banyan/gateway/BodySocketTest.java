package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ngx.req.socket}: the client's body, read by Lua. */
final class BodySocketTest {
  private static final int LINE = 16;
  private static final int LINES = 3_000_000;

  @TempDir Path prefix;

  @Test
  void aReadOfAllOfALargeBodyCostsNoMoreThanItsLengthAsksFor() throws Exception {
    String server =
        """
        client_max_body_size 100m;
        location /all { content_by_lua_block {
          local all = ngx.req.socket():receive(tonumber(ngx.var.http_content_length))
          ngx.print(#all, " ", ngx.md5(all)) } }
        location /until { content_by_lua_block {
          local _, _, part = ngx.req.socket():receiveuntil("zz")()
          ngx.print(#part, " ", ngx.md5(part)) } }
        """;
    String body = "abcdefghijklmn\r\n".repeat(LINES);
    try (Served served = Served.server(prefix, "", server);
        HttpClient client = HttpClient.newHttpClient()) {
      String small = served.get("/until");
      assertThat(small).contains("500");
      String expected = null;
      for (String path : new String[] {"/all", "/until"}) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port() + path))
                .timeout(Duration.ofSeconds(20)) // copied anew for each piece, it took a minute
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        assertThat(answer).startsWith(LINE * LINES + " ");
        assertThat(expected == null || expected.equals(answer)).isTrue();
        expected = answer;
      }
    }
  }
}
