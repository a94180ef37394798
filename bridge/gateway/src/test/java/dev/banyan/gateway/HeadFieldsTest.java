package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields of a head stand where nginx writes them, and the logs tell what it would tell. */
final class HeadFieldsTest {
  @TempDir Path prefix;

  private static List<String> names(String answer) {
    return answer
        .substring(0, answer.indexOf("\r\n\r\n"))
        .lines()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(':')))
        .toList();
  }

  private String log(String file) throws IOException {
    return Files.readString(prefix.resolve("logs").resolve(file));
  }

  @Test
  void anAddressElsewhereFollowsTheFramingAndOneOfThisServerLeadsIt() {
    try (Served served =
        Served.server(
            prefix,
            "",
            """
            location / { return 302 https://example.org/; }
            location /own { return 302 /there; }
            location /path { absolute_redirect off; return 302 /there; }
            """)) {
      assertThat(names(served.get("/")).subList(3, 6))
          .containsExactly("Content-Length", "Connection", "Location");
      assertThat(names(served.get("/own")).subList(3, 6))
          .containsExactly("Content-Length", "Location", "Connection");
      assertThat(names(served.get("/path")).subList(3, 6))
          .containsExactly("Content-Length", "Connection", "Location");
    }
  }

  @Test
  void aClientThatNamesNoHostIsLedToTheAddressThatItHasReached() {
    try (Served served =
        Served.server(prefix, "", "server_name named.example; location / { return 302 /there; }")) {
      assertThat(served.send("GET / HTTP/1.0\r\n\r\n"))
          .contains("\r\nLocation: http://127.0.0.1:" + served.port() + "/there\r\n");
    }
  }

  @Test
  void aRequestBeginsBehindLineEndsAndNamesItsProtocolAsItCame() {
    String what = "return 200 '$request_length[$server_protocol]';";
    try (Served served = Served.server(prefix, "", "location / { " + what + " }")) {
      assertThat(served.send("\r\n\nGET / HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\n18[HTTP/1.0]");
      String spaced = "GET / HTTP/1.1 \r\nHost: a\r\nConnection: close\r\n\r\n";
      assertThat(served.send(spaced)).endsWith("\r\n\r\n" + spaced.length() + "[HTTP/1.1 ]");
      assertThat(served.send("GET /\r\n")).isEqualTo("7[]");
    }
  }

  @Test
  void theLogTellsWhereARedirectLedTo() throws IOException {
    int port;
    try (Served served =
        Served.server(
            prefix,
            "log_format f '$sent_http_location';",
            "location / { access_log logs/a.log f; return 302 /there; }")) {
      served.get("/");
      port = served.port();
    }
    assertThat(log("a.log")).isEqualTo("http://localhost:" + port + "/there\n");
  }

  @Test
  void theLogTellsHowMuchWasCompressed() throws IOException {
    try (Served served =
        Served.server(
            prefix,
            "log_format f '[$gzip_ratio]';",
            """
            access_log logs/a.log f;
            gzip on;
            gzip_min_length 0;
            gzip_vary on;
            default_type text/html;
            location / { return 200 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; }
            """)) {
      assertThat(names(served.get("/", "Accept-Encoding: gzip\r\n")))
          .containsExactly(
              "Server",
              "Date",
              "Content-Type",
              "Transfer-Encoding",
              "Connection",
              "Vary",
              "Content-Encoding");
      served.get("/");
    }
    assertThat(log("a.log")).isEqualTo("[2.50]\n[-]\n");
  }

  @Test
  void aServersNameHasNoLeadingDot() {
    try (Served served =
        Served.server(
            prefix,
            "",
            """
            }
            server {
              listen 127.0.0.1:PORT;
              server_name .dotted.example;
              location / { return 200 $server_name; }
            """)) {
      assertThat(served.send("GET / HTTP/1.1\r\nHost: dotted.example\r\nConnection: close\r\n\r\n"))
          .endsWith("\r\n\r\ndotted.example");
    }
  }

  @Test
  void whyARequestIsRefusedIsLogged() throws IOException {
    try (Served served =
        Served.server(
            prefix,
            "log_format f '$status [$uri] $request';",
            "access_log logs/a.log f; location / { return 200; }")) {
      served.send("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n");
      served.send("G<T / HTTP/1.1\r\nHost: a\r\n\r\n");
      served.send("GET /a HTTP/1.1\r\nHost: a b\r\n\r\n");
      served.send("GET /b HTTP/1.1\r\n\r\n");
    }
    assertThat(log("error.log"))
        .contains("[info] ")
        .contains("client sent invalid request while reading client request line, client: ")
        .contains("client sent invalid method while reading client request line, client: ")
        .contains("client sent invalid host header while reading client request headers, ")
        .contains(
            "client sent HTTP/1.1 request without \"Host\" header while reading client request"
                + " headers, client: 127.0.0.1, server: localhost, request: \"GET /b HTTP/1.1\"");
    assertThat(log("a.log")).contains("400 [-] GET /%zz HTTP/1.1\n", "400 [/b] GET /b HTTP/1.1");
  }
}
