package dev.banyan.duel.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Loaded;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.SuiteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class RecordingTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("recorded"), text);
  }

  private static Request request(List<Case> cases, int index) {
    return cases.get(index).steps().getFirst().request();
  }

  private static final String HAR =
      """
      {"log": {"entries": [
        {"request": {"method": "GET", "url": "https://shop.example.com/a?q=1&access_token=s3cr3tvalue#top",
           "headers": [{"name": ":authority", "value": "x"}, {"name": "Accept", "value": "text/html"},
             {"name": "Cookie", "value": "session=abcDEF123; theme=dark"},
             {"name": "Authorization", "value": "Bearer eyJhbGciOi.aaa.bbb"}]},
         "response": {"status": 404, "content": {"mimeType": "text/html", "size": 64}}},
        {"request": {"method": "POST", "url": "https://shop.example.com/login", "headers": [],
           "postData": {"mimeType": "application/x-www-form-urlencoded",
             "text": "user=anna&password=hunter22"}},
         "response": {"status": 302, "content": {}}}
      ]}}
      """;

  @Test
  void aHarFileBecomesCasesWithoutItsSecrets() throws IOException {
    List<Case> cases = Recording.har(file(HAR)).cases();
    String text = SuiteWriter.text(cases);
    assertThat(text)
        .doesNotContain("s3cr3tvalue", "abcDEF123", "eyJhbGciOi", "hunter22", ":authority")
        .contains("GET /a?q=1&access_token=")
        .contains("Host: shop.example.com")
        .contains("Accept: text/html")
        .contains("Content-Type: application/x-www-form-urlencoded", "user=anna&password=");
    assertThat(request(cases, 0).value("Cookie").orElseThrow())
        .matches("session=[a-z]{3}[A-Z]{3}\\d{3}; theme=[a-z]{4}");
    assertThat(request(cases, 0).value("Authorization").orElseThrow()).startsWith("Bearer ");
    assertThat(cases.getFirst().steps().getFirst().origin().status()).isEqualTo(404);
  }

  @Test
  void equalSecretsStayEqual() {
    assertThat(Masks.of("one-secret")).isEqualTo(Masks.of("one-secret")).isNotEqualTo("one-secret");
    assertThat(Masks.of("one-secret")).isNotEqualTo(Masks.of("two-secret"));
  }

  @Test
  void aBodyOfMegabytesThatLooksLikeASecretIsMaskedInNoTime() {
    String secret = "x9".repeat(1 << 20);
    String mask = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Masks.of(secret));
    assertThat(mask).hasSameSizeAs(secret).isEqualTo(Masks.of(secret));
    assertThat(mask).isNotEqualTo(Masks.of("y9" + secret.substring(2)));
  }

  @Test
  void aWebSocketIsLeftOutAndTold() throws IOException {
    Loaded loaded =
        Recording.har(
            file(
                """
                {"log": {"entries": [
                  {"request": {"method": "GET", "url": "https://shop.example.com/a"}},
                  {"request": {"method": "GET", "url": "https://shop.example.com/live",
                    "headers": [{"name": "upgrade", "value": "WebSocket"}]}}]}}
                """));
    assertThat(loaded.cases()).hasSize(1);
    assertThat(loaded.flaws().toString()).contains("entry 2", "a WebSocket can't be asked again");
  }

  @Test
  void aLogThatAnEditorHasMarkedAndUsersWithSpacesAreRead() throws IOException {
    List<Case> cases =
        Recording.accessLog(
                file(
                    """
                    \ufeff10.0.0.1 - john doe [01/Dec/2026:00:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "-"
                    10.0.0.2 - - [01/Dec/2026:00:00:00 +0000] "M-SEARCH /b HTTP/1.1" 200 5 "-" "-"
                    """),
                "shop.example.com")
            .cases();
    assertThat(cases).hasSize(2);
    assertThat(request(cases, 0).value("X-Forwarded-For")).contains("10.0.0.1");
    assertThat(request(cases, 1).method()).isEqualTo("M-SEARCH");
  }

  @Test
  void linesOfAnAccessLogBecomeCases() throws IOException {
    List<Case> cases =
        Recording.accessLog(
                file(
                    """
                    10.0.0.1 - - [28/Nov/2026:08:00:00 +0000] "GET /a?token=verysecret1&b=2 HTTP/1.1" 200 12 "https://x.example/" "Mozilla/5.0 \\x22q\\x22"
                    10.0.0.2 [28/Nov/2026:08:00:00 +0000] "POST /b HTTP/1.1" 201 0 "curl/8" t001 pass 0.001
                    {"host": "t001.example.com", "request_method": "HEAD", "uri": "/c", "args": "x=1", "user_agent": "agent", "client": "100.64.0.1"}

                    {"request": "GET /d HTTP/2.0", "status": 200}
                    """),
                "edge.example.com")
            .cases();
    assertThat(cases).hasSize(4);
    assertThat(request(cases, 0).target()).matches("/a\\?token=[a-z]{10}\\d&b=2");
    assertThat(request(cases, 0).value("User-Agent")).contains("Mozilla/5.0 \"q\"");
    assertThat(request(cases, 0).value("Referer")).contains("https://x.example/");
    assertThat(request(cases, 0).value("Host")).contains("edge.example.com");
    assertThat(request(cases, 1).method()).isEqualTo("POST");
    assertThat(request(cases, 1).value("User-Agent")).contains("curl/8");
    assertThat(request(cases, 2).target()).isEqualTo("/c?x=1");
    assertThat(request(cases, 2).value("Host")).contains("t001.example.com");
    assertThat(request(cases, 3).target()).isEqualTo("/d");
    assertThat(cases.get(3).source()).endsWith("recorded:5");
  }

  @Test
  void whatIsNoRequestIsLeftOutAndToldWithItsLine() throws IOException {
    Path log =
        file(
            """
            1.2.3.4 - - [x] "GET / HTTP/1.1" 200 1
            nonsense
            {"a": 1}
            1.2.3.4 - - [x] "" 400 0 "-" "-"
            1.2.3.4 - - [x] "-" 408 0 "-" "-"
            1.2.3.4 - - [x] "\\x16\\x03\\x01\\x1B[2J" 400 157 "-" "-"
            ::1 - - [x] "POST /b?password=hunter2 HTTP/1.1 password=hunter2" 400 1
            2001:db8::1 - - [x] "GET /v6 HTTP/1.1" 200 1 "-" "-"
            {"request": "GET /c HTT
            """);
    Loaded loaded = Recording.accessLog(log, "x");
    assertThat(loaded.cases())
        .extracting(one -> one.steps().getFirst().request().target())
        .containsExactly("/", "/v6");
    assertThat(loaded.cases().get(1).steps().getFirst().request().value("X-Forwarded-For"))
        .contains("2001:db8::1");
    assertThat(loaded.flaws()).hasSize(7);
    String told = loaded.flaws().toString();
    assertThat(told)
        .contains("recorded:2: expected nginx's combined format")
        .contains("recorded:3: expected \"request\"")
        .contains("recorded:4: ", "recorded:9: not JSON")
        .contains("\\x16", "\\x1b")
        .doesNotContain("hunter2", "\u001b");
  }

  @Test
  void whatIsNoRecordingAtAllIsAnError() throws IOException {
    Path log = file("nonsense\n{broken\n");
    assertThatThrownBy(() -> Recording.accessLog(log, "x"))
        .hasMessageContaining("recorded:1: expected nginx's combined format")
        .hasMessageContaining("recorded:2: not JSON");
    Path har = file("{\"log\": {\n}");
    assertThatThrownBy(() -> Recording.har(har)).hasMessageContaining("not JSON");
    Path empty = file("{}");
    assertThatThrownBy(() -> Recording.har(empty)).hasMessageContaining("expected a HAR file");
    assertThatThrownBy(() -> Recording.har(folder.resolve("nowhere.har")))
        .hasMessageContaining("can't be read: there is no such file");
  }

  private static String entry(String url, String data) {
    return "{\"request\": {\"method\": \"POST\", \"url\": \""
        + url
        + "\", \"postData\": "
        + data
        + "}}";
  }

  @Test
  void browsersKeepBodiesInSeveralWays() throws IOException {
    String entries =
        String.join(
            ",",
            entry("https://ann:hunter2@shop.example.com?a=1#b", "{\"text\": \"x\"}"),
            entry(
                "http://shop.example.com:8080/f",
                "{\"params\": [{\"name\": \"a b\", \"value\": \"1&2\"}, {\"name\": \"c\"}]}"),
            entry("http://shop/b", "{\"encoding\": \"base64\", \"text\": \"AAH/\"}"),
            entry("wss://shop/socket", "{}"),
            entry("data:text/plain,x", "{}"),
            "{}");
    Loaded loaded = Recording.har(file("{\"log\": {\"entries\": [" + entries + "]}}"));
    assertThat(loaded.cases()).hasSize(3);
    assertThat(loaded.flaws()).hasSize(3);
    assertThat(request(loaded.cases(), 0).value("Host")).contains("shop.example.com");
    assertThat(request(loaded.cases(), 0).target()).isEqualTo("/?a=1");
    assertThat(request(loaded.cases(), 1).value("Host")).contains("shop.example.com:8080");
    assertThat(request(loaded.cases(), 1).body()).isEqualTo("a+b=1%262&c=");
    assertThat(request(loaded.cases(), 2).body()).isEqualTo("\0\u0001\u00ff");
    assertThat(SuiteWriter.text(loaded.cases())).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"note\": \"LONG\", \"password\": \"hunter2\", \"b\": [1, \"x\"]}",
        "{\"user\": {\"tokens\": [\"hunter2\"]}}",
        "{\"a\": \"{\\\"pwd\\\":\\\"hunter2\\\"}\"}",
        "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\n--x--\r\n",
        "<e:Envelope><Password Type=\"t\">hunter2</Password></e:Envelope>",
        "user%5Bpassword%5D=hunter2&a=1",
        "pass%77ord=hunter2&a=1",
        "a=LONG&password=hunter2"
      })
  void secretsInBodiesAreMaskedWhereverTheyStand(String text) throws IOException {
    String body = text.replace("LONG", "long ".repeat(1_000));
    String quoted = new JsonMapper().writeValueAsString(body);
    List<Case> cases =
        Recording.har(
                file(
                    "{\"log\": {\"entries\": ["
                        + entry("http://shop/b", "{\"text\": " + quoted + "}")
                        + "]}}"))
            .cases();
    String clean = request(cases, 0).body();
    assertThat(clean).doesNotContain("hunter2").hasSameSizeAs(body);
    if (text.startsWith("{")) {
      assertThat(new JsonMapper().readTree(clean).isObject()).isTrue();
    }
    if (text.contains("LONG")) {
      assertThat(clean).contains("long long");
    }
  }

  @Test
  void aMaskIsEscapedWhereItsSecretWas() {
    assertThat(Masks.of("a%2Fb%41c%zz")).matches("[a-z]%2F[a-z]%[45][0-9A-F][a-z]%[a-z]{2}");
    assertThat(Masks.of("a\\n\\u00e9\\\"b")).matches("[a-z]\\\\n\\\\u0078\\\\\"[a-z]");
  }
}
