package dev.banyan.duel.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.SuiteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
           "postData": {"text": "user=anna&password=hunter22"}},
         "response": {"status": 302, "content": {}}}
      ]}}
      """;

  @Test
  void aHarFileBecomesCasesWithoutItsSecrets() throws IOException {
    List<Case> cases = Recording.har(file(HAR));
    String text = SuiteWriter.text(cases);
    assertThat(text)
        .doesNotContain("s3cr3tvalue", "abcDEF123", "eyJhbGciOi", "hunter22", ":authority")
        .contains("GET /a?q=1&access_token=")
        .contains("Host: shop.example.com")
        .contains("Accept: text/html")
        .contains("user=anna&password=");
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
            "edge.example.com");
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
  void whatIsNoRecordingIsToldWithItsLine() throws IOException {
    Path log = file("1.2.3.4 - - [x] \"GET / HTTP/1.1\" 200 1\nnonsense\n{\"a\": 1}\n{broken\n");
    assertThatThrownBy(() -> Recording.accessLog(log, "x"))
        .hasMessageContaining("recorded:2: expected nginx's combined format")
        .hasMessageContaining("recorded:3: expected \"request\"")
        .hasMessageContaining("recorded:4: not JSON");
    Path har = file("{\"log\": {\n}");
    assertThatThrownBy(() -> Recording.har(har)).hasMessageContaining("not JSON");
    Path empty = file("{}");
    assertThatThrownBy(() -> Recording.har(empty)).hasMessageContaining("expected a HAR file");
  }
}
